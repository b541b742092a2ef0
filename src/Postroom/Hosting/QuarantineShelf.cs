using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Which refused POSTs of one endpoint are kept, the oldest first, what their bodies were, and how often each came.
/// Those from before a restart stand without their digests, so the same body is kept once more after one.
/// </summary>
internal sealed class QuarantineShelf
{
    private readonly Lock _lock = new();
    private readonly Queue<(KeptBody Kept, Fingerprint? Digest)> _kept = new();
    private readonly Dictionary<Fingerprint, EntryId> _digests = [];
    private readonly Dictionary<EntryId, long> _times = [];
    private long _bytes;

    public QuarantineShelf(IReadOnlyList<KeptBody> stored)
    {
        foreach (var kept in stored)
        {
            _kept.Enqueue((kept, null));
            _bytes += kept.Size;
        }
    }

    /// <summary>False when a body with this digest is kept already: then it is counted with that one.</summary>
    public bool TryAdd(KeptBody kept, Fingerprint digest)
    {
        lock (_lock)
        {
            if (_digests.TryGetValue(digest, out var first))
            {
                _times[first] = _times.GetValueOrDefault(first, 1) + 1;
                return false;
            }

            _digests.Add(digest, kept.Entry);
            _kept.Enqueue((kept, digest));
            _bytes += kept.Size;
            return true;
        }
    }

    /// <summary>How often the body of this entry came since the start.</summary>
    public long TimesOf(EntryId entry)
    {
        lock (_lock)
        {
            return _times.GetValueOrDefault(entry, 1);
        }
    }

    /// <summary>Lets the same body be kept again, after one could not be.</summary>
    public void Forget(Fingerprint digest)
    {
        lock (_lock)
        {
            _digests.Remove(digest);
        }
    }

    /// <summary>Takes off the oldest beyond the bounds, and what arrived before that time.</summary>
    /// <param name="max">So many stay.</param>
    /// <param name="bytesMax">So many bytes of bodies stay.</param>
    /// <param name="before">Unix milliseconds.</param>
    public IReadOnlyList<EntryId> TakeOff(int max, long bytesMax, long before)
    {
        IReadOnlyList<EntryId> none = [];
        List<EntryId>? taken = null;
        lock (_lock)
        {
            while (_kept.TryPeek(out var oldest)
                && (_kept.Count > max || _bytes > bytesMax || oldest.Kept.ReceivedAt < before))
            {
                _kept.Dequeue();
                _bytes -= oldest.Kept.Size;
                _times.Remove(oldest.Kept.Entry);
                if (oldest.Digest is { } digest)
                {
                    _digests.Remove(digest);
                }

                (taken ??= []).Add(oldest.Kept.Entry);
            }
        }

        return taken ?? none;
    }
}
