namespace Postroom.Postgres;

/// <summary>
/// Tells those who wait how it ended: a few threads of the pool share them, so that there is not one item of its queue
/// a caller, and none goes on within the loop that serves them all.
/// </summary>
internal sealed class Callers : IThreadPoolWorkItem
{
    private const int ForOneThread = 8;

    private readonly IPromise[] _promises;
    private int _next;

    private Callers(IPromise[] promises) => _promises = promises;

    /// <summary>Tells all of them; each has an end.</summary>
    public static void Tell(IReadOnlyList<IPromise> promises)
    {
        var callers = new Callers([.. promises]);
        var threads = Math.Clamp(promises.Count / ForOneThread, 1, Environment.ProcessorCount);
        for (var i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(callers, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var index = Take(); index < _promises.Length; index = Take())
        {
            _promises[index].Release();
        }
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;
}
