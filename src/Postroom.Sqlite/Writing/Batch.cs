namespace Postroom.Sqlite.Writing;

/// <summary>
/// The works of one commit, and afterwards the hand-over to their callers: a few pool threads share the list, so that
/// there is not one queue item a caller and no caller's continuation runs on the writer.
/// </summary>
internal sealed class Batch(BatchPool pool, IStoreProbe? probe) : IThreadPoolWorkItem
{
    /// <summary>Works of one commit at most: what keeps a transaction, and the wait of its first unit, short.</summary>
    public const int Max = 1024;

    private const int WorksForOneThread = 8;

    private readonly Work?[] _works = new Work?[Max];
    private int _next;
    private int _threads;

    public int Count { get; private set; }

    public bool IsFull => Count == Max;

    public ReadOnlySpan<Work?> Works => _works.AsSpan(0, Count);

    public void Add(Work work) => _works[Count++] = work;

    /// <summary>Tells all callers, on pool threads, and gives the batch back to its pool.</summary>
    public void Release()
    {
        var threads = Math.Clamp(Count / WorksForOneThread, 1, Environment.ProcessorCount);
        _next = 0;
        _threads = threads;
        for (var i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var index = Take(); index < Count; index = Take())
        {
            var work = _works[index];
            _works[index] = null;
            work?.Release();
        }

        if (Interlocked.Decrement(ref _threads) == 0)
        {
            probe?.Reached(StorePoints.AfterAcknowledge);
            Count = 0;
            pool.Return(this);
        }
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;
}
