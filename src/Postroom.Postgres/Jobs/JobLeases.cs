using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Jobs;

/// <summary>Leases due jobs: nodes that look at the same time pass over what another is just taking.</summary>
internal sealed class JobLeases(Database database, bool byServerClock, TimeProvider time)
{
    // $1 the time, $2 the end of the lease, $3 how many, $4 the time of the change.
    private const string Claim = """
        WITH due AS (
          SELECT number, CASE state WHEN 0 THEN run_at ELSE lease_until END AS at
          FROM postroom.jobs WHERE state IN (0, 1) AND CASE state WHEN 0 THEN run_at ELSE lease_until END <= $1
          ORDER BY 2, 1 LIMIT $3 FOR UPDATE SKIP LOCKED)
        UPDATE postroom.jobs j
        SET state = 1, attempts = j.attempts + 1, claim = j.claim + 1, lease_until = $2, changed_at = $4
        FROM due WHERE j.number = due.number
        RETURNING
        """ + " " + JobRows.Columns + ", due.at";

    private const string Clock = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private const int AttemptsMax = 3;

    public async ValueTask<IReadOnlyList<Job>> ClaimAsync(long now, long leaseUntil, int max)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryClaimAsync(now, leaseUntil, max);
            }
            catch (Exception failure) when (attempt < AttemptsMax && Failures.Kind(failure) is not null)
            {
                // What was leased by a claim whose end was lost is leased to nobody and comes back when its lease ends.
                database.Clear();
            }
        }
    }

    private async Task<IReadOnlyList<Job>> TryClaimAsync(long now, long leaseUntil, int max)
    {
        var (from, until) = (now, leaseUntil);
        if (byServerClock)
        {
            // Nodes whose clocks differ must not take each other's leases: only the database's time counts here.
            await using var clock = database.Source.CreateCommand(Clock);
            from = (long)(await clock.ExecuteScalarAsync())!;
            until = from + (leaseUntil - now);
        }

        await using var command = database.Source.CreateCommand(database.Sql(Claim));
        command.Parameters.Add(Parameters.Long(from));
        command.Parameters.Add(Parameters.Long(until));
        command.Parameters.Add(Parameters.Int(max));
        command.Parameters.Add(Parameters.Long(time.GetUtcNow().ToUnixTimeMilliseconds()));
        await using var reader = await command.ExecuteReaderAsync();
        var jobs = new List<(Job Job, long DueAt)>();
        while (await reader.ReadAsync())
        {
            jobs.Add((JobRows.Read(reader), reader.GetInt64(JobRows.Count)));
        }

        return [.. jobs.OrderBy(job => job.DueAt).ThenBy(job => job.Job.Number).Select(job => job.Job)];
    }
}
