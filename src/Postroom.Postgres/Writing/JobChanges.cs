using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>Writes jobs, many at once.</summary>
internal static class JobChanges
{
    // The order gives the numbers.
    private const string AddedRows = """
        INSERT INTO postroom.jobs
          (entry_row, entry, name, state, attempts, run_at, claim, lease_until, error, changed_at)
        SELECT entry_row, entry, name, 0, 0, run_at, 0, 0, NULL, changed_at
        FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS n (entry_row, entry, name, run_at, changed_at, position)
        ORDER BY position
        """;

    private const string Settled = """
        UPDATE postroom.jobs j
        SET state = n.state, run_at = n.run_at, lease_until = 0, error = n.error, changed_at = n.changed_at
        FROM unnest($1, $2, $3, $4, $5) AS n (number, state, run_at, error, changed_at) WHERE j.number = n.number
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(Database database, MemoryState before, MemoryState after)
    {
        if (ReferenceEquals(before.Jobs, after.Jobs))
        {
            yield break;
        }

        var gone = before.Jobs.Keys.Where(number => !after.Jobs.ContainsKey(number)).ToArray();
        if (gone.Length > 0)
        {
            yield return database.Command("DELETE FROM postroom.jobs WHERE number = ANY ($1)", Parameters.Longs(gone));
        }

        var settled = after.Jobs.Values
            .Where(job => before.Jobs.TryGetValue(job.Job.Number, out var was) && was != job).ToList();
        if (settled.Count > 0)
        {
            yield return database.Command(
                Settled,
                Parameters.Longs([.. settled.Select(job => job.Job.Number)]),
                Parameters.Ints([.. settled.Select(job => (int?)job.Job.State)]),
                Parameters.Longs([.. settled.Select(job => job.Job.RunAt)]),
                Parameters.Texts([.. settled.Select(job => job.Job.Error)]),
                Parameters.Longs([.. settled.Select(job => job.ChangedAt)]));
        }

        var added = after.Jobs.Values.Where(job => job.Job.Number > BatchFacts.LastJob).ToList();
        if (added.Count > 0)
        {
            yield return Added(database, added);
        }
    }

    /// <summary>Jobs that are numbered in their order, whatever number they have.</summary>
    public static NpgsqlBatchCommand Added(Database database, IReadOnlyList<MemoryJob> jobs) => database.Command(
        AddedRows,
        Parameters.Longs([.. jobs.Select(job => job.Job.Entry.Row)]),
        Parameters.Uuids([.. jobs.Select(job => Uuids.Of(job.Job.Entry))]),
        Parameters.Texts([.. jobs.Select(job => job.Job.Name)]),
        Parameters.Longs([.. jobs.Select(job => job.Job.RunAt)]),
        Parameters.Longs([.. jobs.Select(job => job.ChangedAt)]));
}
