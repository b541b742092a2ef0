using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>Tells a caller why the store did not take a unit.</summary>
internal static class StoreFault
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(30);

    public static Fault From(UnitOutcome outcome) => outcome.Verdict switch
    {
        UnitVerdict.Busy => new Fault(FaultCatalogue.Overloaded,
            "The server is too busy at this moment. Nothing was stored; send it again in a second.")
        {
            Limit = outcome.Limit,
            RetryAfter = SoonAgain,
        },
        UnitVerdict.Full => new Fault(FaultCatalogue.StorageFull,
            "The server's disk is full. Nothing was stored; send it again later.")
        {
            RetryAfter = LaterAgain,
        },
        UnitVerdict.Unknown => new Fault(FaultCatalogue.OutcomeUnknown,
            "The disk failed while this was being stored, so nobody knows yet whether it was. "
            + "Send the same request with the same key later: it happens once in either case.")
        {
            RetryAfter = LaterAgain,
        },
        _ => throw new InvalidOperationException($"A unit ended as {outcome.Verdict}: {outcome.Guard} {outcome.Error}"),
    };
}
