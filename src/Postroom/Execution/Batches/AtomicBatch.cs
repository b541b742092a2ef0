using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Execution.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>Creates all items in one unit, with key and answer, or none; says which one was in the way.</summary>
internal sealed class AtomicBatch(IPostStore store, UnitEnd end, IChangeSignal changes)
{
    private const int TriesMax = 3;

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            var (fault, again) = await TryAsync(exchange);
            if (!again)
            {
                return fault;
            }
        }

        return UnitEnd.Overtaken;
    }

    private async ValueTask<(Fault? Fault, bool Again)> TryAsync(PostExchange exchange)
    {
        var unit = new BatchUnit();
        if (Plan(exchange, unit) is { } refusal)
        {
            return (refusal, false);
        }

        BatchResult[] results = [.. unit.Changes.Select(item => new BatchResult(item.Change.Id, null))];
        var answer = BatchAnswer.Render(exchange.Plan.BatchOf!, 201, results);
        var entry = BatchEntry.Make(exchange, answer, results.Length, refused: 0);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = [.. EntryUnit.Guards(exchange, AdmissionTerms.None), .. unit.Guards],
            Writes = [.. EntryUnit.Writes(exchange, entry, AdmissionTerms.None), .. unit.Writes],
        });
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            changes.Committed(unit.Writes);
        }

        return outcome.Verdict == UnitVerdict.Refused && RefusedGuard.IsOfRecords(outcome.Guard!)
            ? Explain(exchange, unit, outcome)
            : (end.Conclude(exchange, answer, outcome), false);
    }

    private Fault? Plan(PostExchange exchange, BatchUnit unit)
    {
        var reader = new Lazy<IStoreReader>(() => throw new InvalidOperationException("A creation reads nothing."));
        foreach (var item in exchange.Items)
        {
            var verdict = ChangePlanner.Plan(ItemRequest.Of(exchange, item, store.Ids.Next()), reader);
            if (verdict.IsRefused)
            {
                return BatchFaults.At(item.Index, verdict.Fault);
            }

            if (!unit.TryAdd(item.Index, verdict.Change, out var conflict))
            {
                return conflict is null ? TooMuch(exchange.Items.Count) : BatchFaults.At(item.Index, conflict);
            }
        }

        return null;
    }

    private (Fault? Fault, bool Again) Explain(PostExchange exchange, BatchUnit unit, UnitOutcome refused)
    {
        var (index, outcome) = unit.Find(refused);
        var change = unit.Changes.First(item => item.Index == index).Change;
        using var reader = store.Read();
        var fault = RefusedGuard.Explain(change, outcome, exchange.Caller, reader);
        return (fault is null ? null : BatchFaults.At(index, fault), fault is null);
    }

    private static Fault TooMuch(int items) => new(FaultCatalogue.LimitExceeded,
        $"{items} items ask for more than one commit can judge. Send fewer at once, or add `?atomic=false`.")
    {
        Limit = new LimitFault("guards", UnitRules.GuardsMax),
    };
}
