using System.Globalization;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>How this engine keeps a table that is copied.</summary>
/// <param name="Table">The table.</param>
internal sealed record SqliteCopyTable(CopyTable Table)
{
    /// <summary>What its rows are read from, under the name t.</summary>
    public string From { get; init; } = Table.Name;

    /// <summary>Which of them.</summary>
    public string Where { get; init; } = "true";

    /// <summary>How a column is read where it is not just its name.</summary>
    public IReadOnlyDictionary<string, string> Reads { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How a column is written where it is not just the value, over <c>?</c> for that; null for one that is not kept.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Writes { get; init; } = new Dictionary<string, string?>();

    /// <summary>One more statement for each row, over the same numbered values.</summary>
    public string? Also { get; init; }

    /// <summary>What tells about how many there are, where counting would read the whole file.</summary>
    public string? Count { get; init; }

    /// <summary>The rows after those keys, or all.</summary>
    public string Select(bool isAfter, CopyScope scope)
    {
        var keys = string.Join(", ", Table.KeyColumns.Select(column => $"t.{column.Name}"));
        var places = string.Join(", ", Enumerable.Range(1, Table.Keys).Select(number => $"?{number}"));
        var columns = string.Join(", ", Table.Columns.Select(
            column => Reads.GetValueOrDefault(column.Name, $"t.{column.Name}")));
        var after = isAfter ? $"({keys}) > ({places})" : "true";
        return scope.Fill($"SELECT {columns} FROM {From} t WHERE {Where} AND {after} ORDER BY {keys}");
    }

    public string SelectCount(CopyScope scope) => scope.Fill(Count ?? $"SELECT count(*) FROM {From} t WHERE {Where}");

    public string Any() => $"SELECT 1 FROM {Table.Name} LIMIT 1";

    public string Insert()
    {
        var kept = Table.Columns.Index().Where(column => Writes.GetValueOrDefault(column.Item.Name, "?") is not null)
            .ToList();
        var names = string.Join(", ", kept.Select(column => column.Item.Name));
        var values = string.Join(", ", kept.Select(column => Writes.GetValueOrDefault(column.Item.Name, "?")!
            .Replace("?", $"?{column.Index + 1}", StringComparison.Ordinal)));
        return $"INSERT INTO {Table.Name} ({names}) VALUES ({values})";
    }

}
