using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>The meaning of a unit, as a pure function: what every engine is compared with.</summary>
internal static class MemoryUnits
{
    private const string NoStatements = "The memory store has no statements.";

    /// <summary>Judges the unit and, when its guards hold, applies it.</summary>
    /// <param name="state">What was before.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="now">The store's own clock in Unix milliseconds, for the jobs' last change.</param>
    public static (MemoryState State, UnitOutcome Outcome) Commit(MemoryState state, PostUnit unit, long now)
    {
        foreach (var guard in unit.Guards)
        {
            if (Judge(state, guard) is { } refusal)
            {
                return (state, refusal);
            }
        }

        var next = state;
        foreach (var write in unit.Writes)
        {
            switch (write)
            {
                case RunStatement:
                    return (state, new UnitOutcome(UnitVerdict.Failed, Error: NoStatements));
                case var _ when MemoryRecords.Contradiction(next, write) is { } contradiction:
                    return (state, new UnitOutcome(UnitVerdict.Failed, Error: contradiction));
                case InsertEntry insert when next.FindRow(insert.Entry.Id.Row) is not null:
                    return (state, new UnitOutcome(UnitVerdict.Failed, Error: "There is an entry with this row."));
                default:
                    next = Apply(next, write, now);
                    break;
            }
        }

        return (next, UnitOutcome.Committed);
    }

    private static UnitOutcome? Judge(MemoryState state, Guard guard)
    {
        switch (guard)
        {
            case KeyFree free when state.FindKey(free.Key, free.Now) is { } match:
                return match.Fingerprint == free.Fingerprint
                    ? new UnitOutcome(UnitVerdict.Duplicate, Match: match)
                    : new UnitOutcome(UnitVerdict.Refused, guard, match);
            case EntryInState expected when state.Find(expected.Id) is not { } entry
                || !expected.Holds(entry.State, entry.Reason):
            case JobLeased leased when !IsLeased(state, leased):
            case TokenUnused unused when state.Tokens.ContainsKey(unused.Token):
            case ValueFree free when state.Claims.ContainsKey(free):
            case CountBelow below when CountOf(state, below) >= below.Max:
            case UploadHeld held when !IsHeld(state, held):
            case UploadRoom room when !room.Holds(state.UsageOf(room.Endpoint, room.Caller)):
                return new UnitOutcome(UnitVerdict.Refused, guard);
            case QueryUnchanged:
                return new UnitOutcome(UnitVerdict.Failed, Error: NoStatements);
            default:
                return MemoryRecords.Judge(state, guard);
        }
    }

    private static bool IsLeased(MemoryState state, JobLeased leased) =>
        state.Jobs.TryGetValue(leased.Job, out var job)
        && job.Job.State == JobState.Leased && job.Job.Claim == leased.Claim;

    private static bool IsHeld(MemoryState state, UploadHeld held) =>
        state.Uploads.TryGetValue(held.Id, out var upload)
        && upload.State == UploadState.Open && upload.Fence == held.Fence;

    private static MemoryState Set(MemoryState state, Upload upload) =>
        state.Uploads.TryGetValue(upload.Id, out var was)
            ? state.With(Own(upload) with
            {
                Endpoint = was.Endpoint,
                Caller = was.Caller,
                CreatedAt = was.CreatedAt,
            })
            : state;

    private static Upload Own(Upload upload) => upload with
    {
        Metadata = upload.Metadata.ToArray(),
        FileState = upload.FileState.ToArray(),
        Answer = upload.Answer is null ? null : upload.Answer with { Body = upload.Answer.Body.ToArray() },
    };

    private static MemoryState Apply(MemoryState state, Write write, long now) => write switch
    {
        InsertEntry insert => Insert(state, insert.Entry),
        SetEntryState set => SetState(state, set),
        DeleteEntry delete => Delete(state, delete.Id, delete.KeepKey),
        InsertJob insert => Insert(state, insert, now),
        SettleJob settle => Settle(state, settle, now),
        UseToken use => state with { Tokens = state.Tokens.SetItem(use.Token, use.ExpiresAt) },
        ClaimValue claim => state.Find(claim.Entry) is { State: EntryState.Stored }
            ? state with { Claims = state.Claims.SetItem(claim.Guard, claim.Entry) }
            : state,
        CountEntry count => Count(state, count),
        InsertUpload insert => state.With(Own(insert.Upload)),
        SetUpload set => Set(state, set.Upload),
        DeleteUpload delete => state.WithoutUpload(delete.Id),
        InsertRecord insert => MemoryRecords.Insert(state, insert, now),
        ReplaceRecord replace => MemoryRecords.Replace(state, replace, now),
        DeleteRecord delete => MemoryRecords.Delete(state, delete.Table, delete.Id, now),
        _ => throw new InvalidOperationException($"The memory store does not know {write.GetType()}."),
    };

    private static long CountOf(MemoryState state, CountBelow below) =>
        state.Counts.GetValueOrDefault(new CountEntry(below.Endpoint, below.Period, below.Start));

    private static MemoryState Count(MemoryState state, CountEntry count)
    {
        var ended = state.Counts.Keys.Where(other => other.Endpoint == count.Endpoint
            && other.Period == count.Period && other.Start < count.Start - count.Period);
        var counted = state.Counts.GetValueOrDefault(count) + 1;
        return state with { Counts = state.Counts.RemoveRange(ended).SetItem(count, counted) };
    }

    private static MemoryState SetState(MemoryState state, SetEntryState set)
    {
        if (state.Find(set.Id) is not { } entry)
        {
            return state;
        }

        var moved = state.With(entry with { State = set.State, Reason = set.Reason });
        return set.State == EntryState.Stored ? moved : WithoutClaims(moved, set.Id);
    }

    private static MemoryState WithoutClaims(MemoryState state, EntryId entry) => state with
    {
        Claims = state.Claims.RemoveRange(state.Claims.Where(claim => claim.Value == entry).Select(claim => claim.Key)),
    };

    private static MemoryState Insert(MemoryState state, Entry entry)
    {
        var keys = entry.Key.IsEmpty ? state.Keys : state.Keys.SetItem(entry.Key, entry.Id.Row);

        // The caller may take its buffers back once the unit has ended.
        var answer = entry.Answer is null ? null : entry.Answer with { Body = entry.Answer.Body.ToArray() };
        var own = entry with
        {
            Document = entry.Document.ToArray(),
            Control = entry.Control.ToArray(),
            Body = entry.Body.ToArray(),
            Answer = answer,
        };
        return state with { Entries = state.Entries.Add(own), Keys = keys };
    }

    /// <summary>
    /// Removes an entry and its jobs; its key stays when asked, if it has one that still stands for an answer.
    /// </summary>
    public static MemoryState Delete(MemoryState state, EntryId id, bool keepKey)
    {
        if (state.Find(id) is not { } entry)
        {
            return state;
        }

        var jobs = state.Jobs.RemoveRange(state.Jobs.Where(job => job.Value.Job.Entry == id).Select(job => job.Key));
        var entries = state.Entries.Remove(entry);
        if (keepKey && entry.Answer is not null && !entry.Key.IsEmpty)
        {
            entries = entries.Add(Tombstone(entry));
        }

        return WithoutUploads(WithoutClaims(state with { Entries = entries, Jobs = jobs }, id), entry.Files);
    }

    private static MemoryState WithoutUploads(MemoryState state, IReadOnlyList<EntryFile> files)
    {
        foreach (var file in files)
        {
            state = state.WithoutUpload(file.Id);
        }

        return state;
    }

    private static Entry Tombstone(Entry entry) => new()
    {
        Id = entry.Id,
        Endpoint = entry.Endpoint,
        State = EntryState.Deleted,
        ReceivedAt = entry.ReceivedAt,
        Document = default,
        Key = entry.Key,
        Fingerprint = entry.Fingerprint,
        ExpiresAt = entry.ExpiresAt,
    };

    private static MemoryState Insert(MemoryState state, InsertJob insert, long now)
    {
        var number = state.LastJob + 1;
        var job = new Job(number, insert.Entry, insert.Name, JobState.Ready, 0, insert.RunAt, 0, 0, null);
        return state with { Jobs = state.Jobs.Add(number, new MemoryJob(job, now)), LastJob = number };
    }

    private static MemoryState Settle(MemoryState state, SettleJob settle, long now)
    {
        if (!state.Jobs.TryGetValue(settle.Job, out var found))
        {
            return state;
        }

        var job = found.Job with
        {
            State = settle.State,
            RunAt = settle.State == JobState.Ready ? settle.RunAt : found.Job.RunAt,
            LeaseUntil = 0,
            Error = settle.Error,
        };
        return state with { Jobs = state.Jobs.SetItem(settle.Job, new MemoryJob(job, now)) };
    }
}
