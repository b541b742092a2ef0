using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>
/// Builds the unit, has it committed, and lets nothing out before its fsync: a success is rendered before the unit is
/// queued and is part of it, and refusals and duplicates that the commit decides wait for it too.
/// </summary>
internal sealed partial class ExecutionStage(
    IPostStore store, IFileStore files, IJobSignal jobs, Receipts receipts, ILogger<ExecutionStage> logger) : IPostStage
{
    private const int TriesMax = 3;

    public string Name => "execution";

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Fault?> RunAsync(PostExchange exchange)
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
                return Overtaken();
            }
        }

        return await CommitPlainAsync(exchange);
    }

    private static Fault Overtaken() => new(FaultCatalogue.Conflict,
        "What this depends on was changed by others each time it was tried. Nothing was stored; send it again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Fault?> CommitPlainAsync(PostExchange exchange)
    {
        var answer = Render(exchange);
        var terms = Terms(exchange);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = Guards(exchange, terms),
            Writes = Writes(exchange, answer, terms),
        });
        return IsUsedProof(exchange, outcome)
            ? await CommitPlainAsync(exchange)
            : Conclude(exchange, answer, outcome);
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
            Log.HandlerFailed(logger, exception, exchange.Id, exchange.Plan.Path);
            return (InternalFault.From(exchange.Id), false);
        }

        // What runs again stays held when it is refused: there is no key that a final refusal could be kept for.
        if (unit.Refusal is { } refusal && (!unit.IsFinal || exchange.Held is not null))
        {
            return (refusal, false);
        }

        var answer = unit.Refusal is null ? Render(exchange) : ProblemAnswer.Render(unit.Refusal);
        var terms = unit.Refusal is null ? Terms(exchange) : AdmissionTerms.None;
        var writes = unit.Refusal is null
            ? Writes(exchange, answer, terms)
            : RefusalWrites(exchange, answer, unit.Refusal);
        var outcome = await exchange.CommitAsync(store, new PostUnit
        {
            Guards = [.. Guards(exchange, terms), .. unit.Guards],
            Writes = [.. writes, .. unit.Writes],
        });
        var again = outcome is { Verdict: UnitVerdict.Refused, Guard: QueryUnchanged }
            || IsUsedProof(exchange, outcome);
        return again ? (null, true) : (Conclude(exchange, answer, outcome), false);
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

    // The key comes first: a repeat gets its answer, and is not told that its own values are taken.
    private static Guard[] Guards(PostExchange exchange, AdmissionTerms terms)
    {
        Guard[] proof = exchange.Proof is { } use ? [new TokenUnused(use.Token)] : [];
        return exchange switch
        {
            { Held: { } held } => [new EntryInState(held.Id, EntryState.Held, held.Reason), .. proof, .. terms.Guards],
            { KeySource: KeySource.None } => [.. proof, .. terms.Guards],
            _ => [new KeyFree(exchange.Key, exchange.Fingerprint, exchange.ReceivedAt), .. proof, .. terms.Guards],
        };
    }

    private static Write[] Writes(PostExchange exchange, StoredAnswer answer, AdmissionTerms terms)
    {
        var entry = new InsertEntry(EntryMaker.Make(exchange, answer));
        Write[] proof = exchange.Proof is { } use ? [use] : [];
        Write[] writes = exchange.Plan.FollowUp is null || exchange.HeldReason is not null
            ? [entry, .. proof, .. terms.Writes]
            :
            [
                entry, .. proof, .. terms.Writes,
                new InsertJob(exchange.Id, exchange.Plan.JobName, exchange.ReceivedAt),
            ];
        return exchange.Held is { } held ? [new DeleteEntry(held.Id, KeepKey: false), .. writes] : writes;
    }

    private static Write[] RefusalWrites(PostExchange exchange, StoredAnswer answer, Fault refusal)
    {
        var entry = new InsertEntry(
            EntryMaker.Make(exchange, answer) with { State = EntryState.Refused, Reason = refusal.Kind.Code });
        return exchange.Proof is { } use ? [entry, use] : [entry];
    }

    private Fault? Conclude(PostExchange exchange, StoredAnswer answer, UnitOutcome outcome)
    {
        switch (outcome)
        {
            case { Verdict: UnitVerdict.Committed }:
                exchange.Answer = answer;
                exchange.AnswerEntry = exchange.Id;
                exchange.AnswerFirstSeen = exchange.ReceivedAt;
                if (exchange.Plan.FollowUp is not null)
                {
                    jobs.Ready();
                }

                return null;
            case { Verdict: UnitVerdict.Duplicate, Match.Answer: null }:
                return RemovedEntry.Fault;
            case { Verdict: UnitVerdict.Duplicate, Match: { } match }:
                exchange.Replay(match);
                return null;
            case { Verdict: UnitVerdict.Refused, Guard: KeyFree }:
                return KeyReuse.Of(exchange.KeySource);
            case { Verdict: UnitVerdict.Refused, Guard: EntryInState }:
                return new Fault(FaultCatalogue.Conflict, "It is not held for this reason any more.");
            case { Verdict: UnitVerdict.Refused, Guard: ValueFree or CountBelow }:
                return exchange.Plan.Admission?.Refusal(outcome.Guard, exchange.ReceivedAt)
                    ?? StoreFault.From(outcome);
            case { Verdict: UnitVerdict.Failed }:
                Log.StatementFailed(logger, exchange.Id, exchange.Plan.Path, outcome.Error);
                return InternalFault.From(exchange.Id);
            default:
                return StoreFault.From(outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Error, "The code of {Path} failed for {Entry}. Nothing was stored.")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, EntryId entry, string path);

        [LoggerMessage(202, LogLevel.Error, "A statement of {Path} failed for {Entry}: {Error}. Nothing was stored.")]
        public static partial void StatementFailed(ILogger logger, EntryId entry, string path, string? error);
    }
}
