namespace Postroom.Sqlite.Writing;

/// <summary>
/// The works of one commit, and afterwards the hand-over to their callers: a few pool threads share the list, so that
/// there is not one queue item a caller and no caller's continuation runs on the writer.
/// </summary>
internal sealed class Batch(BatchPool pool, IStoreProbe? probe) : IThreadPoolWorkItem
{
    // What keeps a transaction, and the wait of its first unit, short.
    private const int Max = 1024;
    private const long BytesMax = 16 * 1024 * 1024;

    private const int WorksForOneThread = 8;

    private readonly Work?[] _works = new Work?[Max];
    private int _next;
    private int _threads;

    public int Count { get; private set; }

    /// <summary>True when the next work is for the next commit.</summary>
    public bool IsFull => Count == Max || Bytes >= BytesMax;

    /// <summary>What its works hold in memory, in bytes.</summary>
    public long Bytes { get; private set; }

    public ReadOnlySpan<Work?> Works => _works.AsSpan(0, Count);

    public void Add(Work work)
    {
        _works[Count++] = work;
        Bytes += work.Bytes;
    }

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
            Bytes = 0;
            pool.Return(this);
        }
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;
}
