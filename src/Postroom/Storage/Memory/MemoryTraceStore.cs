namespace Postroom.Storage.Memory;

/// <summary>Keeps the newest traces, and forgets them with the process.</summary>
internal sealed class MemoryTraceStore(int max = 1024) : ITraceStore
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PostTrace> _newest = [];

    /// <summary>Always 0: there is no queue to be full.</summary>
    public long Dropped => 0;

    public void Record(PostTrace trace)
    {
        lock (_lock)
        {
            _newest.AddFirst(trace);
            if (_newest.Count > max)
            {
                _newest.RemoveLast();
            }
        }
    }

    public PostTrace? Find(EntryId id)
    {
        lock (_lock)
        {
            return _newest.FirstOrDefault(trace => trace.Id == id);
        }
    }

    public IReadOnlyList<PostTrace> Newest(int limit, bool refusedOnly)
    {
        lock (_lock)
        {
            return [.. _newest.Where(trace => !refusedOnly || trace.Code is not null).Take(limit)];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
