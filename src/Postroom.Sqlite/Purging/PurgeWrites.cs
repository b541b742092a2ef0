using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite.Purging;

/// <summary>
/// Clears a slice inside the writer's transaction, judging each row again: it may have changed since it was found.
/// </summary>
internal static class PurgeWrites
{
    /// <summary>Clears the answers of ended keys, and what was left of deleted entries for their sake.</summary>
    public static PurgeTally ClearExpired(WriterSession session, List<long> rows, long now)
    {
        var cleared = 0L;
        foreach (var row in rows)
        {
            if (session.Entries.Find(row) is not { HasKey: true } facts || facts.ExpiresAt > now)
            {
                continue;
            }

            if (facts.State == EntryState.Deleted)
            {
                session.Entries.Forget(facts);
            }
            else if (facts.HasAnswer)
            {
                session.Entries.ClearAnswer(facts);
                cleared++;
            }
        }

        return new PurgeTally(cleared);
    }

    /// <summary>Deletes entries without open jobs; the keys of those that have not ended stay taken.</summary>
    public static PurgeTally Delete(WriterSession session, List<long> rows, long now)
    {
        var deleted = 0L;
        var files = new List<EntryId>();
        foreach (var row in rows)
        {
            if (FindToDelete(session, row) is { } facts)
            {
                files.AddRange(Delete(session, facts, keepKey: facts.ExpiresAt > now));
                deleted++;
            }
        }

        return new PurgeTally(deleted, 0, files);
    }

    /// <summary>Deletes entries without open jobs or living keys, in order, until so many bytes are free.</summary>
    public static PurgeTally DeleteForSpace(WriterSession session, List<long> rows, long now, long bytes)
    {
        var deleted = 0L;
        var freed = 0L;
        var files = new List<EntryId>();
        foreach (var row in rows)
        {
            if (freed >= bytes)
            {
                break;
            }

            if (FindToDelete(session, row) is { } facts && facts.ExpiresAt <= now)
            {
                files.AddRange(Delete(session, facts, keepKey: false));
                deleted++;
                freed += facts.Bytes;
            }
        }

        return new PurgeTally(deleted, freed, files);
    }

    /// <summary>Deletes finished jobs.</summary>
    public static PurgeTally DeleteJobs(WriterSession session, List<long> numbers, long before)
    {
        var deleted = 0L;
        foreach (var number in numbers)
        {
            deleted += session.Jobs.DeleteDone(number, before) ? 1 : 0;
        }

        return new PurgeTally(deleted);
    }

    private static EntryFacts? FindToDelete(WriterSession session, long row) =>
        session.Entries.Find(row) is { } facts && facts.State != EntryState.Deleted && !session.Jobs.HasOpen(row)
            ? facts
            : null;

    private static IReadOnlyList<EntryId> Delete(WriterSession session, EntryFacts facts, bool keepKey)
    {
        session.Jobs.DeleteOf(facts.Id.Row);
        return session.Entries.Delete(facts, keepKey);
    }
}
