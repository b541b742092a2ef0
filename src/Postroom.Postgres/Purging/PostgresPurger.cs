using Npgsql;
using Postroom.Postgres.Records;
using Postroom.Storage;

namespace Postroom.Postgres.Purging;

/// <summary>
/// Clears what has ended, each slice a transaction of its own. Nodes may purge at the same time: who finds a row gone
/// goes on.
/// </summary>
internal sealed class PostgresPurger(Database database, RecordShapes shapes)
{
    public async ValueTask<PurgeReport> RunAsync(PurgeOrder order, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var answers = await SlicesAsync(PurgeStatements.Answers, order.Now, order, cancel);
        await SlicesAsync(PurgeStatements.Tombstones, order.Now, order, cancel);
        await SlicesAsync(PurgeStatements.Keys, order.Now, order, cancel);
        var entries = 0L;
        foreach (var (endpoint, before) in order.DeleteBefore)
        {
            entries += await DeleteByAgeAsync(endpoint, before, order, cancel);
        }

        if (order.BytesMax is { } max)
        {
            entries += await DeleteBySizeAsync(max, order, cancel);
        }

        var jobs = await SlicesAsync(PurgeStatements.Jobs, order.JobsDoneBefore, order, cancel);
        var tokens = await SlicesAsync(PurgeStatements.Tokens, order.Now, order, cancel);
        await database.ExecuteAsync(PurgeStatements.Writers, cancel);
        var records = await new RecordPurge(database, shapes).RunAsync(order, cancel);
        return new PurgeReport(answers, entries, jobs, tokens, records);
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
                PurgeStatements.Aged,
                Parameters.Text(endpoint), Parameters.Long(before), Parameters.Int(order.Slice));
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
                PurgeStatements.Oldest,
                Parameters.Long(order.Now), Parameters.Long(after), Parameters.Int(order.Slice));
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
