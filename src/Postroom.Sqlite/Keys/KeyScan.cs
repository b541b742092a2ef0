using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>Reads keys back from the entries, which are the truth that every index is derived from.</summary>
internal static class KeyScan
{
    /// <summary>Calls back with each key that has not ended, of rows from the first to the last.</summary>
    public static void Run(
        SqliteConnection connection, long firstRow, long lastRow, long now, Action<KeyHash, long, long> found)
    {
        using var scan = connection.Prepare(
            """
            SELECT row, key, expires_at FROM entries
            WHERE row BETWEEN ?1 AND ?2 AND key IS NOT NULL AND expires_at > ?3 ORDER BY row
            """);
        foreach (var (first, last) in Stretches(connection, firstRow, lastRow))
        {
            scan.Bind(1, first);
            scan.Bind(2, last);
            scan.Bind(3, now);
            while (scan.Step())
            {
                found(KeyHash.Read(scan.Bytes(1)), scan.Number(0), scan.Number(2));
            }

            scan.Reset();
        }
    }

    // Only spans where a key is left to end: a store of ten million entries without keys is not read.
    private static List<(long First, long Last)> Stretches(SqliteConnection connection, long firstRow, long lastRow)
    {
        using var spans = connection.Prepare(
            $"""
            SELECT DISTINCT span FROM entry_spans
            WHERE next_expiry IS NOT NULL AND span BETWEEN ?1 >> {EntryRows.SpanBits} AND ?2 >> {EntryRows.SpanBits}
            ORDER BY span
            """);
        spans.Bind(1, firstRow);
        spans.Bind(2, lastRow);
        var stretches = new List<(long, long)>();
        while (spans.Step())
        {
            var span = spans.Number(0);
            stretches.Add((
                Math.Max(firstRow, span << EntryRows.SpanBits),
                Math.Min(lastRow, ((span + 1) << EntryRows.SpanBits) - 1)));
        }

        return stretches;
    }
}
