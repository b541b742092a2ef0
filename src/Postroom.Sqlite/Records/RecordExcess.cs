using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>
/// What a table has that its declaration does not need. Columns stay in the rows, since taking them out writes every
/// row again; they are written no longer.
/// </summary>
internal sealed class RecordExcess(RecordShape shape, RecordTable table)
{
    private readonly List<ShapeColumn> _columns = [.. shape.Columns.Where(column => !IsNeeded(shape, table, column))];
    private readonly List<ShapeSum> _sums = [.. shape.Sums.Where(sum => !IsNeeded(shape, table, sum))];

    public bool IsEmpty => _columns.Count == 0 && _sums.Count == 0;

    public void Remove(SqliteConnection connection)
    {
        foreach (var column in _columns)
        {
            RecordCatalogue.Put(connection, shape.Number, column with { IsLive = false, IsFilled = false });
        }

        foreach (var sum in _sums)
        {
            RecordCatalogue.Clear(connection, shape.Number, sum, isGone: true);
        }
    }

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
