using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>What every accepted request has in its unit: its key, its proof of work, its entry, its job.</summary>
internal static class EntryUnit
{
    // The key comes first: a repeat gets its answer, and is not told that its own values are taken.
    public static Guard[] Guards(PostExchange exchange, AdmissionTerms terms)
    {
        Guard[] proof = exchange.Proof is { } use ? [new TokenUnused(use.Token)] : [];
        return exchange switch
        {
            { Held: { } held } => [new EntryInState(held.Id, EntryState.Held, held.Reason), .. proof, .. terms.Guards],
            { KeySource: KeySource.None } => [.. proof, .. terms.Guards],
            _ => [new KeyFree(exchange.Key, exchange.Fingerprint, exchange.ReceivedAt), .. proof, .. terms.Guards],
        };
    }

    public static Write[] Writes(PostExchange exchange, Entry made, AdmissionTerms terms)
    {
        var entry = new InsertEntry(made);
        Write[] proof = exchange.Proof is { } use ? [use] : [];
        Write[] writes = exchange.Plan.FollowUp is null || exchange.HeldReason is not null
            || exchange.Action == PostAction.Delete
            ? [entry, .. proof, .. terms.Writes]
            :
            [
                entry, .. proof, .. terms.Writes,
                new InsertJob(exchange.Id, exchange.Plan.JobName, exchange.ReceivedAt),
            ];
        return exchange.Held is { } held ? [new DeleteEntry(held.Id, KeepKey: false), .. writes] : writes;
    }

    public static Write[] RefusalWrites(PostExchange exchange, StoredAnswer answer, Fault refusal)
    {
        var entry = new InsertEntry(
            EntryMaker.Make(exchange, answer) with { State = EntryState.Refused, Reason = refusal.Kind.Code });
        return exchange.Proof is { } use ? [entry, use] : [entry];
    }
}
