using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Which refused POSTs of one endpoint are kept, the oldest first, and what their bodies were. Those from before a
/// restart stand without their digests, so the same body is kept once more after one.
/// </summary>
internal sealed class QuarantineShelf
{
    private readonly Lock _lock = new();
    private readonly Queue<(KeptBody Kept, Fingerprint? Digest)> _kept = new();
    private readonly HashSet<Fingerprint> _digests = [];

    public QuarantineShelf(IReadOnlyList<KeptBody> stored)
    {
        foreach (var kept in stored)
        {
            _kept.Enqueue((kept, null));
        }
    }

    /// <summary>False when a body with this digest is kept already.</summary>
    public bool TryAdd(KeptBody kept, Fingerprint digest)
    {
        lock (_lock)
        {
            if (!_digests.Add(digest))
            {
                return false;
            }

            _kept.Enqueue((kept, digest));
            return true;
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

    /// <summary>Takes off what is beyond the count, and what arrived before that time (Unix milliseconds).</summary>
    public IReadOnlyList<EntryId> TakeOff(int max, long before)
    {
        IReadOnlyList<EntryId> none = [];
        List<EntryId>? taken = null;
        lock (_lock)
        {
            while (_kept.TryPeek(out var oldest) && (_kept.Count > max || oldest.Kept.ReceivedAt < before))
            {
                _kept.Dequeue();
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
