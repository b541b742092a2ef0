namespace Postroom.Storage.Records;

/// <summary>What a table must be before a store makes it. A breach is a bug of the caller, so it throws.</summary>
internal static class RecordTableRules
{
    private const int NameMax = 48;
    private const int ColumnsMax = 100;
    private const int IndexesMax = 32;

    private static readonly HashSet<string> s_taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "row", "id", "version", "owner", "created_at", "updated_at", "held_until", "document",
    };

    /// <summary>Throws unless the table keeps its limits and its rules name its columns.</summary>
    public static void Check(RecordTable table)
    {
        if (!IsName(table.Name))
        {
            throw Broken(table, $"\"{table.Name}\" is no name of a table");
        }

        if (table.Columns.Count > ColumnsMax || table.Indexes.Count > IndexesMax)
        {
            throw Broken(table, $"it has more than {ColumnsMax} columns or {IndexesMax} indexes");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns)
        {
            if (!IsName(column.Name) || s_taken.Contains(column.Name) || !names.Add(column.Name))
            {
                throw Broken(table, $"\"{column.Name}\" is no name of a column, or taken");
            }
        }

        CheckRules(table);
    }

    private static void CheckRules(RecordTable table)
    {
        foreach (var name in Named(table))
        {
            if (table.Columns.All(column => column.Name != name))
            {
                throw Broken(table, $"it has no column \"{name}\"");
            }
        }

        if (table.Indexes.Any(index => index.Columns.Count == 0))
        {
            throw Broken(table, "an index has no columns");
        }
    }

    private static IEnumerable<string> Named(RecordTable table) =>
    [
        .. table.Indexes.SelectMany(index => index.Columns),
        .. table.Capacities.SelectMany(rule => rule.Weight is { } weight ? [.. rule.Per, weight] : rule.Per),
        .. table.Overlaps.SelectMany(rule => (IEnumerable<string>)[.. rule.Per, rule.From, rule.To]),
        .. table.Search,
    ];

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static ArgumentException Broken(RecordTable table, string what) =>
        new($"The table of {table.Endpoint} cannot be made: {what}.", nameof(table));
}
