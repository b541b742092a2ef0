using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Purging;

/// <summary>
/// Clears what has ended, each slice a transaction of its own. Nodes may purge at the same time: who finds a row gone
/// goes on.
/// </summary>
internal sealed class PostgresPurger(Database database)
{
    private const string Answers = """
        UPDATE postroom.entries SET answer_status = NULL, redirect = NULL, location = NULL,
          bytes = bytes - coalesce(length(answer), 0), answer = NULL
        WHERE row IN (
          SELECT row FROM postroom.entries
          WHERE key IS NOT NULL AND (answer_status IS NOT NULL OR state = 4) AND expires_at <= $1 AND state < 4
          LIMIT $2)
        """;

    private const string Tombstones = """
        DELETE FROM postroom.entries WHERE row IN (
          SELECT row FROM postroom.entries
          WHERE key IS NOT NULL AND (answer_status IS NOT NULL OR state = 4) AND expires_at <= $1 AND state = 4
          LIMIT $2)
        """;

    private const string Keys = """
        DELETE FROM postroom.keys
        WHERE key IN (SELECT key FROM postroom.keys WHERE expires_at <= $1 LIMIT $2) AND expires_at <= $1
        """;

    private const string Jobs = """
        DELETE FROM postroom.jobs
        WHERE number IN (SELECT number FROM postroom.jobs WHERE state = 2 AND changed_at < $1 LIMIT $2)
        """;

    private const string Tokens = """
        DELETE FROM postroom.tokens
        WHERE token IN (SELECT token FROM postroom.tokens WHERE expires_at <= $1 LIMIT $2)
        """;

    private const string NoOpenJobs =
        "NOT EXISTS (SELECT FROM postroom.jobs j WHERE j.entry_row = e.row AND j.entry = e.id AND j.state <> 2)";

    private const string Aged = $"""
        SELECT e.row, e.bytes FROM postroom.entries e
        WHERE e.endpoint = $1 AND e.received_at < $2 AND e.state < 4 AND {NoOpenJobs}
        ORDER BY e.row LIMIT $3 FOR UPDATE OF e SKIP LOCKED
        """;

    private const string Oldest = $"""
        SELECT e.row, e.bytes FROM postroom.entries e
        WHERE e.row > $2 AND e.expires_at <= $1 AND e.state < 4 AND {NoOpenJobs}
        ORDER BY e.row LIMIT $3 FOR UPDATE OF e SKIP LOCKED
        """;

    private const string Writers =
        "DELETE FROM postroom.writers WHERE at < now() - interval '7 days'";

    public async ValueTask<PurgeReport> RunAsync(PurgeOrder order, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var answers = await SlicesAsync(Answers, order.Now, order, cancel);
        await SlicesAsync(Tombstones, order.Now, order, cancel);
        await SlicesAsync(Keys, order.Now, order, cancel);
        var entries = 0L;
        foreach (var (endpoint, before) in order.DeleteBefore)
        {
            entries += await DeleteByAgeAsync(endpoint, before, order, cancel);
        }

        if (order.BytesMax is { } max)
        {
            entries += await DeleteBySizeAsync(max, order, cancel);
        }

        var jobs = await SlicesAsync(Jobs, order.JobsDoneBefore, order, cancel);
        var tokens = await SlicesAsync(Tokens, order.Now, order, cancel);
        await database.ExecuteAsync(Writers, cancel);
        return new PurgeReport(answers, entries, jobs, tokens);
    }

    private async Task<long> SlicesAsync(string sql, long time, PurgeOrder order, CancellationToken cancel)
    {
        var total = 0L;
        while (true)
        {
            var changed = await database.ExecuteAsync(
                sql, cancel, Parameters.Long(time), Parameters.Int(order.Slice));
            total += changed;
            if (changed < order.Slice)
            {
                return total;
            }
        }
    }

    private async Task<long> DeleteByAgeAsync(
        string endpoint, long before, PurgeOrder order, CancellationToken cancel)
    {
        var total = 0L;
        while (true)
        {
            await using var slice = await PurgeSlice.BeginAsync(database, cancel);
            var rows = await slice.FindAsync(
                Aged, Parameters.Text(endpoint), Parameters.Long(before), Parameters.Int(order.Slice));
            await slice.DeleteAsync([.. rows.Select(row => row.Row)], order);
            total += rows.Count;
            if (rows.Count < order.Slice)
            {
                return total;
            }
        }
    }

    private async Task<long> DeleteBySizeAsync(long max, PurgeOrder order, CancellationToken cancel)
    {
        await using var sum = database.Source.CreateCommand(
            database.Sql("SELECT coalesce(sum(bytes), 0)::bigint FROM postroom.entries"));
        // It reads the table.
        sum.CommandTimeout = 0;
        var bytes = (long)(await sum.ExecuteScalarAsync(cancel))!;
        var (total, after) = (0L, 0L);
        while (bytes > max)
        {
            await using var slice = await PurgeSlice.BeginAsync(database, cancel);
            var rows = await slice.FindAsync(
                Oldest, Parameters.Long(order.Now), Parameters.Long(after), Parameters.Int(order.Slice));
            var going = new List<long>();
            foreach (var (row, size) in rows.TakeWhile(_ => bytes > max))
            {
                going.Add(row);
                bytes -= size;
            }

            await slice.DeleteAsync([.. going], order);
            total += going.Count;
            if (rows.Count < order.Slice)
            {
                break;
            }

            after = rows[^1].Row;
        }

        return total;
    }
}
