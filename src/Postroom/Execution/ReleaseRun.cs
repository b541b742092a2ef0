using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution;

/// <summary>
/// Commits the release of a held entry as its POST would have been committed: the endpoint's code in the transaction
/// runs now, and what it writes stands in the same unit.
/// </summary>
internal sealed partial class ReleaseRun(
    IPostStore store, IFileStore files, IJobSignal jobs, TimeProvider time, ILogger<ReleaseRun> logger)
{
    private const int TriesMax = 3;

    /// <param name="plan">The endpoint's; null for one that is gone, from which nothing follows.</param>
    /// <param name="entry">Held.</param>
    /// <param name="hasFollowed">True when only the state of the entry changes.</param>
    public async ValueTask<ReleaseOutcome> RunAsync(EndpointPlan? plan, Entry entry, bool hasFollowed)
    {
        if (plan?.Handler is not { } handler || hasFollowed)
        {
            return Conclude(await store.CommitAsync(Unit(plan, entry, hasFollowed, [], [])));
        }

        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            var outcome = await CommitHandledAsync(plan, handler, entry);
            if (outcome.Unit is not { Verdict: UnitVerdict.Refused, Guard: QueryUnchanged })
            {
                return outcome;
            }
        }

        return new(null, new Fault(FaultCatalogue.Conflict,
            "What this depends on was changed by others each time it was tried. It stays held; try again."));
    }

    private async ValueTask<ReleaseOutcome> CommitHandledAsync(EndpointPlan plan, IPostHandler handler, Entry entry)
    {
        using var unit = new HandlerUnit(HandledPost.Of(entry), store, files);
        try
        {
            await handler.RunAsync(unit, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(logger, exception, entry.Id, plan.Path);
            return new(null, InternalFault.From(entry.Id));
        }

        if (unit.Refusal is { } refusal)
        {
            // Also a final one: the sender has its answer, and whoever releases may change what it depends on.
            return new(null, refusal);
        }

        var outcome = await store.CommitAsync(Unit(plan, entry, hasFollowed: false, unit.Guards, unit.Writes));
        if (outcome.Verdict == UnitVerdict.Failed)
        {
            Log.StatementFailed(logger, entry.Id, plan.Path, outcome.Error);
        }

        return Conclude(outcome);
    }

    private ReleaseOutcome Conclude(UnitOutcome outcome)
    {
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            jobs.Ready();
        }

        return new(outcome);
    }

    private PostUnit Unit(
        EndpointPlan? plan, Entry entry, bool hasFollowed, IReadOnlyList<Guard> guards, IReadOnlyList<Write> writes)
    {
        var claims = plan?.Admission?.Claims(entry.Document, entry.Id) ?? [];
        return new PostUnit
        {
            // With its reason: from one that was released and marked meanwhile everything has followed already.
            Guards =
            [
                new EntryInState(entry.Id, EntryState.Held, entry.Reason),
                .. claims.Select(claim => claim.Guard),
                .. guards,
            ],
            Writes =
            [
                new SetEntryState(entry.Id, EntryState.Stored, null),
                .. claims,
                .. plan is null || hasFollowed ? [] : FollowUps(plan, entry),
                .. writes,
            ],
        };
    }

    private List<Write> FollowUps(EndpointPlan plan, Entry entry)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var writes = new List<Write>();
        if (plan.FollowUp is not null)
        {
            writes.Add(new InsertJob(entry.Id, plan.JobName, now));
        }

        if (plan.Admission?.CountReleased(now) is { } count)
        {
            writes.Add(count);
        }

        return writes;
    }

    private static partial class Log
    {
        [LoggerMessage(203, LogLevel.Error, "The code of {Path} failed at the release of {Entry}. It stays held.")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, EntryId entry, string path);

        [LoggerMessage(204, LogLevel.Error,
            "A statement of {Path} failed at the release of {Entry}: {Error}. It stays held.")]
        public static partial void StatementFailed(ILogger logger, EntryId entry, string path, string? error);
    }
}
