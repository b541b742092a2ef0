using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>What a proof of work is worth: either it counts and can be used up, or there is a reason to hold.</summary>
/// <param name="Use">What uses it up; null when it does not count.</param>
/// <param name="Reason">Why it does not count, as a code; null when it does.</param>
/// <param name="Evidence">The same in a few words.</param>
internal readonly record struct ProofVerdict(UseToken? Use, string? Reason, string? Evidence)
{
    public static ProofVerdict Counts(UseToken use) => new(use, null, null);

    public static ProofVerdict Wrong(string evidence) => new(null, "proof-wrong", evidence);

    public static ProofVerdict Expired(string evidence) => new(null, "proof-expired", evidence);
}
