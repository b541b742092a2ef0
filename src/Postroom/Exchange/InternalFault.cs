using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>A bug of ours or of the endpoint's code, as the caller sees it: a reference, and nothing of the inside.</summary>
internal static class InternalFault
{
    public static Fault From(EntryId reference) => new(
        FaultCatalogue.InternalError,
        $"Something failed on our side. Nothing was stored. Reference {reference}")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}
