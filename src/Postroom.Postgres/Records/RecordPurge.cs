using Postroom.Storage;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// Ends what was held and never confirmed, and forgets old changes, each slice a transaction of its own. Records that
/// are held are in no totals, so that none change.
/// </summary>
internal sealed class RecordPurge(Database database, RecordShapes shapes)
{
    private const string Forget = """
        DELETE FROM postroom.record_changes c WHERE record_table = $1
          AND sequence < (SELECT max(sequence) FROM postroom.record_changes WHERE record_table = $1)
          AND sequence < coalesce(
            (SELECT sequence FROM postroom.record_changes WHERE record_table = $1 AND at >= $2
             ORDER BY sequence LIMIT 1), 9223372036854775807)
          AND sequence < (SELECT min(sequence) FROM postroom.record_changes WHERE record_table = $1) + $3
        """;

    /// <summary>Clears, and says how many records went.</summary>
    public async Task<long> RunAsync(PurgeOrder order, CancellationToken cancel)
    {
        var ended = 0L;
        foreach (var shape in shapes.All.Values)
        {
            ended += await SlicesAsync(order, () => database.ExecuteAsync(
                Ended(shape), cancel, Parameters.Long(order.HoldsEndedBefore), Parameters.Int(order.Slice),
                Parameters.Int((int)shape.Number), Parameters.Long(order.Now)), cancel);
            await SlicesAsync(order, () => database.ExecuteAsync(
                Forget, cancel, Parameters.Int((int)shape.Number), Parameters.Long(order.ChangesBefore),
                Parameters.Int(order.Slice)), cancel);
        }

        return ended;
    }

    private static async Task<long> SlicesAsync(PurgeOrder order, Func<ValueTask<int>> clear, CancellationToken cancel)
    {
        var total = 0L;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var cleared = await clear();
            total += cleared;
            if (cleared < order.Slice)
            {
                return total;
            }
        }
    }

    private static string Ended(RecordShape shape)
    {
        var delete = $"""
            DELETE FROM postroom."{shape.Name}" WHERE id IN (
              SELECT id FROM postroom."{shape.Name}" WHERE held_until <= $1 ORDER BY held_until, id LIMIT $2
              FOR UPDATE SKIP LOCKED)
            """;
        return shape.HasChanges
            ? $"""
                WITH gone AS ({delete} RETURNING id, version, held_until),
                counter AS (
                  UPDATE postroom.record_counters SET last_change = last_change + (SELECT count(*) FROM gone)
                  WHERE record_table = $3 RETURNING last_change - (SELECT count(*) FROM gone) AS before)
                INSERT INTO postroom.record_changes (record_table, sequence, id, version, kind, at)
                SELECT $3, counter.before + row_number() OVER (ORDER BY gone.held_until, gone.id), gone.id,
                  gone.version, 2, $4 FROM gone, counter
                """
            : $"{delete} AND $3::integer IS NOT NULL AND $4::bigint IS NOT NULL";
    }
}
