using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Exchange.Uploads;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>What a unit's end means for the request: an answer, the answer of another, or a refusal.</summary>
internal sealed partial class UnitEnd(IJobSignal jobs, ILogger<UnitEnd> logger)
{
    public Fault? Conclude(PostExchange exchange, StoredAnswer answer, UnitOutcome outcome)
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
            case { Verdict: UnitVerdict.Refused, Guard: UploadHeld or UploadRoom }:
                return UploadFaults.Of(outcome.Guard, exchange.Plan.Declaration.Limits);
            case { Verdict: UnitVerdict.Failed }:
                Log.StatementFailed(logger, exchange.Id, exchange.Plan.Path, outcome.Error);
                return InternalFault.From(exchange.Id);
            default:
                return StoreFault.From(outcome);
        }
    }

    /// <summary>The code of an endpoint threw; nothing was stored.</summary>
    public Fault HandlerFailed(PostExchange exchange, Exception exception)
    {
        Log.HandlerFailed(logger, exception, exchange.Id, exchange.Plan.Path);
        return InternalFault.From(exchange.Id);
    }

    /// <summary>What it depends on was changed each time it was tried.</summary>
    public static Fault Overtaken { get; } = new(FaultCatalogue.Conflict,
        "What this depends on was changed by others each time it was tried. Nothing was stored; send it again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Error, "The code of {Path} failed for {Entry}. Nothing was stored.")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, EntryId entry, string path);

        [LoggerMessage(202, LogLevel.Error, "A statement of {Path} failed for {Entry}: {Error}. Nothing was stored.")]
        public static partial void StatementFailed(ILogger logger, EntryId entry, string path, string? error);
    }
}
