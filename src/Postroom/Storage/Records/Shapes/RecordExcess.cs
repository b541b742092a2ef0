namespace Postroom.Storage.Records.Shapes;

/// <summary>
/// What a table has that its declaration does not need. Columns stay in the rows, since taking them out writes every
/// row again; they are written no longer.
/// </summary>
internal sealed class RecordExcess(RecordShape shape, RecordTable table)
{
    /// <summary>Columns that are to be written no longer.</summary>
    public IReadOnlyList<ShapeColumn> Columns { get; } =
        [.. shape.Columns.Where(column => !IsNeeded(shape, table, column))];

    /// <summary>Totals that are to be kept no longer.</summary>
    public IReadOnlyList<ShapeSum> Sums { get; } = [.. shape.Sums.Where(sum => !IsNeeded(shape, table, sum))];

    public bool IsEmpty => Columns.Count == 0 && Sums.Count == 0;

    private static bool IsNeeded(RecordShape shape, RecordTable table, ShapeColumn column) => column.From is null
        ? table.Columns.Any(column.Holds)
        : table.Overlaps.Any(rule =>
            Name(shape, table, rule.From) == column.From && Name(shape, table, rule.To) == column.To);

    private static bool IsNeeded(RecordShape shape, RecordTable table, ShapeSum sum) => table.Capacities.Any(rule =>
        (rule.Weight is { } weight ? Name(shape, table, weight) : null) == sum.Weight
        && rule.Per.Select(column => Name(shape, table, column)).SequenceEqual(sum.Per, StringComparer.Ordinal));

    private static string? Name(RecordShape shape, RecordTable table, string column) =>
        shape.Find(table.Columns[table.Position(column)])?.Name;
}
