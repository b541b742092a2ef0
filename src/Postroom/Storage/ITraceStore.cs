namespace Postroom.Storage;

/// <summary>
/// Keeps traces behind a bounded queue: a trace that finds it full is dropped and counted, and nobody waits.
/// </summary>
public interface ITraceStore : IAsyncDisposable
{
    /// <summary>How many traces were dropped since the start.</summary>
    long Dropped { get; }

    /// <summary>False when a trace would be dropped: then it need not be made. Asking counts as a drop.</summary>
    bool HasRoom => true;

    /// <summary>Takes a trace if there is room. Never blocks, never throws.</summary>
    void Record(PostTrace trace);

    /// <summary>The trace of a POST, or null when it was dropped or has aged out.</summary>
    PostTrace? Find(EntryId id);

    /// <summary>The newest traces first, at most <paramref name="limit"/>; only refused POSTs when asked.</summary>
    IReadOnlyList<PostTrace> Newest(int limit, bool refusedOnly);
}
