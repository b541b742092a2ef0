using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Execution.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>
/// Creates items in commits of some hundreds; one that is refused keeps no other back. Under a key, a repeat goes on
/// where a crash has ended it.
/// </summary>
internal sealed class ItemImport(IPostStore store, UnitEnd end, IChangeSignal changes)
{
    private const int ItemsOfUnit = 500;
    private const int TriesMax = 3;

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        BatchProgress? progress = null;
        if (exchange.KeySource != KeySource.None)
        {
            (progress, var failure) = await BatchProgress.OpenAsync(exchange, store);
            if (progress is null)
            {
                return failure!.Verdict == UnitVerdict.Refused
                    ? KeyReuse.Of(exchange.KeySource)
                    : StoreFault.From(failure);
            }
        }

        var results = new BatchResult?[exchange.Items.Count];
        foreach (var item in exchange.Items.Where(item => item.Fault is not null))
        {
            results[item.Index] = new BatchResult(default, item.Fault);
        }

        if (progress is { IsResumed: true })
        {
            FindCreated(exchange, progress, results);
        }

        return await ImportAsync(exchange, progress, results) is { } fault
            ? fault
            : await EndAsync(exchange, progress, results);
    }

    /// <summary>What is there already was created by an earlier try of the same import.</summary>
    private void FindCreated(PostExchange exchange, BatchProgress progress, BatchResult?[] results)
    {
        using var reader = store.Read();
        var table = exchange.Plan.Resource!.Table;
        for (var index = 0; index < results.Length; index++)
        {
            var id = progress.IdOf(index);
            if (results[index] is null && reader.FindRecord(table, id) is not null)
            {
                results[index] = new BatchResult(id, null);
            }
        }
    }

    /// <summary>Null when every item has its result; else why the store takes no more.</summary>
    private async ValueTask<Fault?> ImportAsync(
        PostExchange exchange, BatchProgress? progress, BatchResult?[] results)
    {
        var (tries, until) = (0, results.Length);
        while (true)
        {
            var unit = Plan(exchange, progress, results, until);
            if (unit.Changes.Count == 0)
            {
                if (until == results.Length)
                {
                    return null;
                }

                until = results.Length;
                continue;
            }

            exchange.MayBeStored = true;
            var outcome = await store.CommitAsync(
                new PostUnit { Guards = [.. unit.Guards], Writes = unit.Writes });
            if (outcome.Verdict == UnitVerdict.Committed)
            {
                changes.Committed(unit.Writes);
                foreach (var (index, change) in unit.Changes)
                {
                    results[index] = new BatchResult(change.Id, null);
                }

                (tries, until) = (0, results.Length);
                continue;
            }

            if (outcome.Verdict != UnitVerdict.Refused)
            {
                return end.Conclude(exchange, default!, outcome);
            }

            var refused = Explain(exchange, unit, outcome, tries < TriesMax);
            tries = refused.Result is null ? tries + 1 : 0;
            results[refused.Index] = refused.Result;

            // Those before it were judged and hold: they are committed without it, and then those behind it.
            until = refused.Index;
        }
    }

    private BatchUnit Plan(PostExchange exchange, BatchProgress? progress, BatchResult?[] results, int until)
    {
        var unit = new BatchUnit();
        var reader = new Lazy<IStoreReader>(() => throw new InvalidOperationException("A creation reads nothing."));
        for (var index = 0; index < until && unit.Changes.Count < ItemsOfUnit; index++)
        {
            if (results[index] is not null)
            {
                continue;
            }

            var id = progress?.IdOf(index) ?? store.Ids.Next();
            var verdict = ChangePlanner.Plan(ItemRequest.Of(exchange, exchange.Items[index], id), reader);
            if (verdict.IsRefused)
            {
                results[index] = new BatchResult(default, verdict.Fault);
            }
            else if (!unit.TryAdd(index, verdict.Change, out _))
            {
                // What is in its way is committed first; then the store says so, and names it.
                break;
            }
        }

        return unit;
    }

    private (int Index, BatchResult? Result) Explain(
        PostExchange exchange, BatchUnit unit, UnitOutcome refused, bool mayTryAgain)
    {
        var (index, outcome) = unit.Find(refused);
        var change = unit.Changes.First(item => item.Index == index).Change;
        using var reader = store.Read();
        if (reader.FindRecord(exchange.Plan.Resource!.Table, change.Id) is not null)
        {
            // Another node works on the same import.
            return (index, new BatchResult(change.Id, null));
        }

        var fault = RefusedGuard.Explain(change, outcome, exchange.Caller, reader);
        return (index, fault is null && mayTryAgain ? null : new BatchResult(default, fault ?? UnitEnd.Overtaken));
    }

    private async ValueTask<Fault?> EndAsync(
        PostExchange exchange, BatchProgress? progress, BatchResult?[] results)
    {
        var refused = results.Count(result => result!.Fault is not null);
        var answer = BatchAnswer.Render(exchange.Plan.BatchOf!, 207, results!);
        var entry = BatchEntry.Make(exchange, answer, results.Length - refused, refused);
        Write[] opening = progress is null ? [] : [new DeleteEntry(progress.Opening, KeepKey: false)];
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = EntryUnit.Guards(exchange, AdmissionTerms.None),
            Writes = [.. EntryUnit.Writes(exchange, entry, AdmissionTerms.None), .. opening],
        });
        return end.Conclude(exchange, answer, outcome);
    }
}
