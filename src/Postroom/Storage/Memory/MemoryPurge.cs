using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>The meaning of a purge, as a pure function.</summary>
internal static class MemoryPurge
{
    /// <summary>Clears what the order names.</summary>
    /// <param name="state">What was before.</param>
    /// <param name="order">What to clear.</param>
    /// <param name="now">The store's own clock in Unix milliseconds, for changes of records.</param>
    public static (MemoryState State, PurgeReport Report) Purge(MemoryState state, PurgeOrder order, long now)
    {
        var (cleared, answers) = ClearAnswers(state, order.Now);
        var aged = DeleteByAge(cleared, order);
        var sized = order.BytesMax is { } max ? DeleteBySize(aged, order.Now, max) : aged;
        var jobs = DeleteJobs(sized, order.JobsDoneBefore);
        var ended = jobs with
        {
            Tokens = jobs.Tokens.RemoveRange(jobs.Tokens.Where(token => token.Value <= order.Now).Select(t => t.Key)),
        };
        var (kept, records) = EndHolds(ended, order.HoldsEndedBefore, now);
        return (ForgetChanges(kept, order.ChangesBefore), new PurgeReport(
            answers,
            Visible(cleared) - Visible(sized),
            sized.Jobs.Count - jobs.Jobs.Count,
            jobs.Tokens.Count - ended.Tokens.Count,
            records));
    }

    private static long Visible(MemoryState state) => state.Entries.Count(e => e.State != EntryState.Deleted);

    private static (MemoryState State, long Answers) ClearAnswers(MemoryState state, long now)
    {
        var answers = 0L;
        foreach (var entry in state.Entries)
        {
            if (entry.Key.IsEmpty || entry.ExpiresAt > now)
            {
                continue;
            }

            if (entry.State == EntryState.Deleted)
            {
                state = state with { Entries = state.Entries.Remove(entry) };
            }
            else if (entry.Answer is not null)
            {
                state = state.With(entry with { Answer = null });
                answers++;
            }
        }

        return (state, answers);
    }

    private static MemoryState DeleteByAge(MemoryState state, PurgeOrder order)
    {
        foreach (var entry in state.Entries)
        {
            if (order.DeleteBefore.TryGetValue(entry.Endpoint, out var before)
                && entry.ReceivedAt < before && !state.HasOpenJobs(entry.Id))
            {
                state = MemoryUnits.Delete(state, entry.Id, keepKey: entry.ExpiresAt > order.Now);
            }
        }

        return state;
    }

    private static MemoryState DeleteBySize(MemoryState state, long now, long max)
    {
        var bytes = state.Entries.Sum(Size);
        foreach (var entry in state.Entries)
        {
            if (bytes <= max)
            {
                break;
            }

            if (entry.State != EntryState.Deleted && entry.ExpiresAt <= now && !state.HasOpenJobs(entry.Id))
            {
                state = MemoryUnits.Delete(state, entry.Id, keepKey: false);
                bytes -= Size(entry);
            }
        }

        return state;
    }

    private static long Size(Entry entry) => entry.Bytes;

    private static MemoryState DeleteJobs(MemoryState state, long before)
    {
        var done = state.Jobs
            .Where(job => job.Value.Job.State == JobState.Done && job.Value.ChangedAt < before)
            .Select(job => job.Key);
        return state with { Jobs = state.Jobs.RemoveRange(done) };
    }

    private static (MemoryState State, long Records) EndHolds(MemoryState state, long before, long now)
    {
        var ended = state.Tables.Values
            .SelectMany(table => state.RecordsOf(table).Values
                .Where(record => record.HeldUntil <= before)
                .OrderBy(record => record.HeldUntil)
                .Select(record => (table, record)))
            .ToList();
        return (
            ended.Aggregate(state, (next, pair) => MemoryRecords.Delete(next, pair.table, pair.record.Id, now)),
            ended.Count);
    }

    // From the oldest on, so that there are no gaps; the newest of a table stays: numbers go on after it.
    private static MemoryState ForgetChanges(MemoryState state, long before) => state with
    {
        Changes = state.Changes.SetItems(state.Changes.Select(pair => KeyValuePair.Create(
            pair.Key,
            pair.Value.RemoveRange(0, pair.Value.SkipLast(1).TakeWhile(change => change.At < before).Count())))),
    };
}
