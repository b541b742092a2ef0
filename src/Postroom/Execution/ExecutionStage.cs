using System.Runtime.CompilerServices;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Execution.Batches;
using Postroom.Execution.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>
/// Builds the unit, has it committed, and lets nothing out before its fsync: a success is rendered before the unit is
/// queued and is part of it, and refusals and duplicates that the commit decides wait for it too.
/// </summary>
internal sealed class ExecutionStage(
    IPostStore store, IFileStore files, Receipts receipts, UnitEnd end, RecordExecution records, BatchExecution batches)
    : IPostStage
{
    private const int TriesMax = 3;

    public string Name => "execution";

    public ValueTask<Fault?> RunAsync(PostExchange exchange) =>
        exchange.Plan.Resource is null ? StoreAsync(exchange)
        : exchange.Plan.BatchOf is null ? records.RunAsync(exchange)
        : batches.RunAsync(exchange);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Fault?> StoreAsync(PostExchange exchange)
    {
        for (var attempt = 1; exchange.Plan.Handler is { } handler && exchange.HeldReason is null; attempt++)
        {
            var (fault, again) = await CommitHandledAsync(exchange, handler);
            if (!again)
            {
                return fault;
            }

            if (attempt == TriesMax && exchange.HeldReason is null)
            {
                return UnitEnd.Overtaken;
            }
        }

        return await CommitPlainAsync(exchange);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Fault?> CommitPlainAsync(PostExchange exchange)
    {
        var answer = Render(exchange);
        var terms = Terms(exchange);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = EntryUnit.Guards(exchange, terms),
            Writes = EntryUnit.Writes(exchange, EntryMaker.Make(exchange, answer), terms),
        });
        return IsUsedProof(exchange, outcome)
            ? await CommitPlainAsync(exchange)
            : end.Conclude(exchange, answer, outcome);
    }

    private async ValueTask<(Fault? Fault, bool Again)> CommitHandledAsync(PostExchange exchange, IPostHandler handler)
    {
        using var unit = new HandlerUnit(HandledPost.Of(exchange), store, files);
        try
        {
            // A handler is never cancelled by a client that goes away (row 18); it ends by its own means.
            await handler.RunAsync(unit, CancellationToken.None);
        }
        catch (Exception exception)
        {
            return (end.HandlerFailed(exchange, exception), false);
        }

        // What runs again stays held when it is refused: there is no key that a final refusal could be kept for.
        if (unit.Refusal is { } refusal && (!unit.IsFinal || exchange.Held is not null))
        {
            return (refusal, false);
        }

        var answer = unit.Refusal is null ? Render(exchange) : ProblemAnswer.Render(unit.Refusal);
        var terms = unit.Refusal is null ? Terms(exchange) : AdmissionTerms.None;
        var writes = unit.Refusal is null
            ? EntryUnit.Writes(exchange, EntryMaker.Make(exchange, answer), terms)
            : EntryUnit.RefusalWrites(exchange, answer, unit.Refusal);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = [.. EntryUnit.Guards(exchange, terms), .. unit.Guards],
            Writes = [.. writes, .. unit.Writes],
        });
        var again = outcome is { Verdict: UnitVerdict.Refused, Guard: QueryUnchanged }
            || IsUsedProof(exchange, outcome);
        return again ? (null, true) : (end.Conclude(exchange, answer, outcome), false);
    }

    /// <summary>True when its proof of work was used before: then it is held, without one.</summary>
    private static bool IsUsedProof(PostExchange exchange, UnitOutcome outcome)
    {
        var used = outcome is { Verdict: UnitVerdict.Refused, Guard: TokenUnused };
        if (used)
        {
            exchange.HoldForUsedProof();
        }

        return used;
    }

    private StoredAnswer Render(PostExchange exchange)
    {
        if (exchange.Plan.Upload is not null)
        {
            return UploadAnswer.Render(exchange.Plan, EntryMaker.Make(exchange), RedirectTarget.For(exchange));
        }

        var service = ControlFields.Service(exchange);
        var redirect = RedirectTarget.For(exchange);
        var next = service == FormService.Formspree ? redirect ?? receipts.Address(exchange.Id) : null;
        return SuccessAnswer.Render(
            exchange.Plan, exchange.Document.Span, exchange.Id, redirect, service, next);
    }

    /// <summary>What is held takes nothing that others could want.</summary>
    private static AdmissionTerms Terms(PostExchange exchange) =>
        exchange.Plan.Admission is { } admission && exchange.HeldReason is null
            ? admission.Terms(exchange.Document, exchange.Id, exchange.ReceivedAt)
            : AdmissionTerms.None;
}
