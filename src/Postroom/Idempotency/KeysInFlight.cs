using System.Collections.Concurrent;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// The keys whose first request is running on this node: one arbitrated claim, so that two never run at once.
/// </summary>
internal sealed class KeysInFlight
{
    private readonly ConcurrentDictionary<KeyHash, KeyClaim> _claims = new();

    /// <summary>Gives this request's own claim, or the claim of the request that runs already.</summary>
    public KeyClaim Enter(KeyHash key, Fingerprint fingerprint, out bool first)
    {
        var own = new KeyClaim(key, fingerprint);
        var held = _claims.GetOrAdd(key, own);
        first = ReferenceEquals(own, held);
        return held;
    }

    /// <summary>Ends a claim after its commit, or after its refusal; those who wait look the key up again.</summary>
    public void Leave(KeyClaim claim)
    {
        _claims.TryRemove(new KeyValuePair<KeyHash, KeyClaim>(claim.Key, claim));
        claim.End();
    }
}
