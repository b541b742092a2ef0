using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// A bug of ours or of the endpoint's code, as the caller sees it: a reference, and nothing of the inside.
/// </summary>
internal static class InternalFault
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Fault From(EntryId reference) => new(
        FaultCatalogue.InternalError, $"Something failed on our side. Nothing was stored. Reference {reference}")
    {
        RetryAfter = Pause,
    };

    /// <summary>It failed when the store had the unit already, so nobody may say that nothing was stored.</summary>
    public static Fault Unclear(EntryId reference) => new(
        FaultCatalogue.InternalError,
        "Something failed on our side, and your message may have been stored nevertheless. Send the same request with "
        + $"the same key again: it happens once in either case. Reference {reference}")
    {
        RetryAfter = Pause,
    };
}
