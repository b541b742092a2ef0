using System.Globalization;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Reads bodies that are kept as they came.</summary>
internal static class BodyColumns
{
    public const string SelectOfEntry = "SELECT content_type, body, gaps FROM bodies WHERE row = ?1";

    /// <summary>The entries of an endpoint that keep one. It goes through the bodies, of which there are few.</summary>
    public const string SelectOfEndpoint =
        """
        SELECT e.id, e.received_at,
            octet_length(b.body) + coalesce((SELECT sum(f.size) FROM entry_files f WHERE f.entry_row = e.row), 0)
        FROM bodies b CROSS JOIN entries e ON e.row = b.row
        WHERE e.endpoint = ?1 ORDER BY b.row LIMIT ?2
        """;

    /// <summary>The column of <see cref="Entry.BodyGaps"/>.</summary>
    public static string? Write(IReadOnlyList<int> gaps) => gaps.Count == 0
        ? null
        : string.Join(',', gaps.Select(gap => gap.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The entry with its body, if it keeps one; the statement is <see cref="SelectOfEntry"/>.</summary>
    public static Entry Add(SqliteStatement row, Entry entry)
    {
        row.Bind(1, entry.Id.Row);
        try
        {
            return row.Step()
                ? entry with { BodyType = row.Text(0), Body = row.Bytes(1).ToArray(), BodyGaps = Read(row.Text(2)) }
                : entry;
        }
        finally
        {
            row.Reset();
        }
    }

    private static int[] Read(string? gaps) => gaps is null
        ? []
        : [.. gaps.Split(',').Select(gap => int.Parse(gap, CultureInfo.InvariantCulture))];
}
