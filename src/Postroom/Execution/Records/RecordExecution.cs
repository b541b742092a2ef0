using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>
/// Carries out a change of a record. What was read to plan it is guarded; where that is true no more at the commit, it
/// is planned anew, three times in all.
/// </summary>
internal sealed class RecordExecution(IPostStore store, IFileStore files, UnitEnd end, IChangeSignal changes)
{
    private const int TriesMax = 3;

    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        var request = RequestOf(exchange);
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            var (fault, again) = await TryAsync(exchange, request);
            if (again is null)
            {
                return fault;
            }

            request = again;
        }

        return UnitEnd.Overtaken;
    }

    private static ChangeRequest RequestOf(PostExchange exchange) => new()
    {
        Plan = exchange.Plan,
        Action = exchange.Action,
        Id = exchange.Action == PostAction.Create ? exchange.Id : exchange.Target,
        Caller = exchange.Caller,
        At = exchange.ReceivedAt,
        Document = exchange.Document,
        Aside = exchange.Aside,
        Preconditions = Preconditions.Of(exchange.Http.Request.Headers),
    };

    /// <summary>The end of it, or the request that is to be tried anew.</summary>
    private async ValueTask<(Fault? Fault, ChangeRequest? Again)> TryAsync(
        PostExchange exchange, ChangeRequest request)
    {
        var verdict = Plan(request);
        if (verdict.IsRefused)
        {
            return (verdict.Fault, null);
        }

        var change = verdict.Change;
        using var unit = await RunHandlerAsync(exchange, change);
        if (unit.Fault is not null || (unit.Code?.Refusal is not null && !IsStored(exchange, unit.Code)))
        {
            return (unit.Fault ?? unit.Code!.Refusal, null);
        }

        var refusal = unit.Code?.Refusal;
        var answer = refusal is null ? Render(change) : ProblemAnswer.Render(refusal);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards =
            [
                .. EntryUnit.Guards(exchange, AdmissionTerms.None),
                .. refusal is null ? change.Guards : [],
                .. unit.Code?.Guards ?? [],
            ],
            Writes =
            [
                .. refusal is null
                    ? EntryUnit.Writes(exchange, RecordEntry.Make(exchange, change, answer), AdmissionTerms.None)
                    : EntryUnit.RefusalWrites(exchange, answer, refusal),
                .. refusal is null ? change.Writes : [],
                .. unit.Code?.Writes ?? [],
            ],
        });
        if (outcome.Verdict == UnitVerdict.Committed && refusal is null)
        {
            changes.Committed(change.Writes);
        }

        if (outcome is { Verdict: UnitVerdict.Refused, Guard: QueryUnchanged })
        {
            return (null, request);
        }

        return outcome.Verdict == UnitVerdict.Refused && RefusedGuard.IsOfRecords(outcome.Guard!)
            ? Explain(request, change, outcome)
            : (end.Conclude(exchange, answer, outcome), null);
    }

    private ChangeVerdict Plan(ChangeRequest request)
    {
        var reader = new Lazy<IStoreReader>(store.Read);
        try
        {
            return ChangePlanner.Plan(request, reader);
        }
        finally
        {
            if (reader.IsValueCreated)
            {
                reader.Value.Dispose();
            }
        }
    }

    /// <summary>What runs again stays held when it is refused: there is no key that it could be kept for.</summary>
    private static bool IsStored(PostExchange exchange, HandlerUnit code) => code.IsFinal && exchange.Held is null;

    private async ValueTask<HandledChange> RunHandlerAsync(PostExchange exchange, PlannedChange change)
    {
        if (exchange.Plan.Handler is not { } handler || change.After is not { } after)
        {
            return default;
        }

        var post = HandledPost.Of(exchange) with
        {
            Document = after.Document,
            Record = after.Id,
            Action = exchange.Action,
        };
        var code = new HandlerUnit(post, store, files);
        try
        {
            await handler.RunAsync(code, CancellationToken.None);
            return new HandledChange(code, null);
        }
        catch (Exception exception)
        {
            return new HandledChange(code, end.HandlerFailed(exchange, exception));
        }
    }

    private static StoredAnswer Render(PlannedChange change) => new(
        change.Status,
        change.After is { } after ? RecordAnswer.Render(change.Plan, after) : default,
        Location: change.Before is null ? RecordFaults.Address(change.Plan, change.Id) : null);

    private (Fault? Fault, ChangeRequest? Again) Explain(
        ChangeRequest request, PlannedChange change, UnitOutcome outcome)
    {
        using var reader = store.Read();
        if (outcome is { Guard: ValuesFree taken, Facts: { } facts }
            && request is { Action: PostAction.Create, Plan.Resource.Upsert: { } upsert }
            && taken.Index.Name == upsert.Index.Name)
        {
            return (null, request with { Upserts = facts.Record });
        }

        var fault = RefusedGuard.Explain(change, outcome, request.Caller, reader);
        return (fault, fault is null ? request : null);
    }

    private readonly record struct HandledChange(HandlerUnit? Code, Fault? Fault) : IDisposable
    {
        public void Dispose() => Code?.Dispose();
    }
}
