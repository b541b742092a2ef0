namespace Postroom.Storage.Records.Shapes;

/// <summary>A resource's table as the database has it now: what is declared, and what is still being made.</summary>
internal sealed class RecordShape
{
    private RecordPaths? _paths;

    /// <summary>Its number in the catalogue.</summary>
    public required long Number { get; init; }

    /// <summary>The path of the resource.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its name in the database.</summary>
    public required string Name { get; init; }

    /// <summary>What was declared when it was last brought to an end.</summary>
    public required RecordTable Declared { get; init; }

    /// <summary>The columns that are written, in the order of values.</summary>
    public required IReadOnlyList<ShapeColumn> Columns { get; init; }

    /// <summary>The columns that nothing declares any more.</summary>
    public required IReadOnlyList<ShapeColumn> Retired { get; init; }

    /// <summary>The totals that are kept.</summary>
    public required IReadOnlyList<ShapeSum> Sums { get; init; }

    /// <summary>Whether changes are kept.</summary>
    public required bool HasChanges { get; init; }

    /// <summary>The names of the columns that the search table has; empty when there is none.</summary>
    public required IReadOnlyList<string> Search { get; init; }

    /// <summary>Rows up to here have every column and are counted; null when all are.</summary>
    public long? FilledTo { get; init; }

    /// <summary>Changes with every change of the table, where several processes write.</summary>
    public long Generation { get; init; }

    /// <summary>The name of its full-text table.</summary>
    public string SearchName => $"{Name}_search";

    /// <summary>The column of that value, or null when it is not there or no longer written.</summary>
    public ShapeColumn? Find(RecordColumn column) => Columns.FirstOrDefault(known => known.Holds(column));

    /// <summary>The column with the order of that range's length.</summary>
    public ShapeColumn? FindLength(string from, string to) =>
        Columns.FirstOrDefault(known => known.From == from && known.To == to);

    /// <summary>Where a column stands among the values.</summary>
    public int Position(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The values of all columns, read from the document.</summary>
    public RecordValue[] Read(ReadOnlySpan<byte> document)
    {
        // A column of a length has no path: it stays empty in the walk.
        _paths ??= new RecordPaths(
        [
            .. Columns.Select(column => new RecordColumn(column.Name, column.Path, column.Type)
            {
                IgnoresCase = column.IgnoresCase,
            }),
        ]);
        var values = _paths.Read(document);
        FillLengths(values);
        return values;
    }

    /// <summary>Fills the columns of lengths from those of their ranges.</summary>
    public void FillLengths(RecordValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (Columns[i] is { From: { } from, To: { } to })
            {
                values[i] = RangeLength.Of(values[Position(from)], values[Position(to)]);
            }
        }
    }
}
