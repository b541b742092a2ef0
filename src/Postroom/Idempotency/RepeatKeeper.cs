using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// A repeat that is only known by its content might after all be a second message: it is answered like the first, and
/// kept as a held entry, so that nothing acknowledged is thrown away.
/// </summary>
internal static class RepeatKeeper
{
    public const string Reason = "repeat";

    public static async ValueTask<Fault?> KeepAsync(PostExchange exchange, IPostStore store)
    {
        var entry = EntryMaker.Make(exchange) with
        {
            State = EntryState.Held,
            Reason = Reason,
            RepeatOf = exchange.AnswerEntry,
            Key = default,
            Fingerprint = default,
            ExpiresAt = 0,
        };
        var unit = new PostUnit { Guards = [], Writes = [new InsertEntry(entry)] };
        var outcome = await exchange.CommitAsync(store, unit);
        return outcome.Verdict == UnitVerdict.Committed ? null : StoreFault.From(outcome);
    }
}
