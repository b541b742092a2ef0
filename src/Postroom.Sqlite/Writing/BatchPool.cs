using System.Collections.Concurrent;

namespace Postroom.Sqlite.Writing;

/// <summary>Batches to use again: about two are in use at a time.</summary>
internal sealed class BatchPool(IStoreProbe? probe)
{
    private const int Kept = 8;

    private readonly ConcurrentQueue<Batch> _free = new();

    public Batch Rent() => _free.TryDequeue(out var batch) ? batch : new Batch(this, probe);

    public void Return(Batch batch)
    {
        if (_free.Count < Kept)
        {
            _free.Enqueue(batch);
        }
    }
}
