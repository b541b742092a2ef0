namespace Postroom.Storage.Memory;

/// <summary>The meaning of a purge, as a pure function.</summary>
internal static class MemoryPurge
{
    public static (MemoryState State, PurgeReport Report) Purge(MemoryState state, PurgeOrder order)
    {
        var (cleared, answers) = ClearAnswers(state, order.Now);
        var aged = DeleteByAge(cleared, order);
        var sized = order.BytesMax is { } max ? DeleteBySize(aged, order.Now, max) : aged;
        var jobs = DeleteJobs(sized, order.JobsDoneBefore);
        var ended = jobs with
        {
            Tokens = jobs.Tokens.RemoveRange(jobs.Tokens.Where(token => token.Value <= order.Now).Select(t => t.Key)),
        };
        return (ended, new PurgeReport(
            answers,
            Visible(cleared) - Visible(sized),
            sized.Jobs.Count - jobs.Jobs.Count,
            jobs.Tokens.Count - ended.Tokens.Count));
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
}
