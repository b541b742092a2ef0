namespace Postroom.Storage.Records.Shapes;

/// <summary>
/// A table as a unit knows it, over the table as it is: what its columns and rules are called in the database. Whatever
/// plan a unit was made by, it is judged and written by the table of now.
/// </summary>
internal sealed class ShapeView
{
    private readonly int[] _sources;
    private readonly bool _isWhole;

    public ShapeView(RecordShape shape, RecordTable table)
    {
        Shape = shape;
        Table = table;
        _sources = [.. shape.Columns.Select(Source)];
        _isWhole = shape.Columns.Zip(_sources).All(pair => pair.Second >= 0 || pair.First.From is not null);
    }

    /// <summary>The table as it is.</summary>
    public RecordShape Shape { get; }

    /// <summary>The table as a unit knows it.</summary>
    public RecordTable Table { get; }

    /// <summary>What stands in the columns of the database for a record, in their order.</summary>
    public RecordValue[] Values(Record record)
    {
        if (!_isWhole)
        {
            return Shape.Read(record.Document.Span);
        }

        var values = new RecordValue[_sources.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _sources[i] < 0 ? RecordValue.None : record.Values[_sources[i]];
        }

        Shape.FillLengths(values);
        return values;
    }

    /// <summary>What the unit's columns hold for a row with these values of the database.</summary>
    public RecordValue[] Declared(RecordValue[] values)
    {
        var declared = new RecordValue[Table.Columns.Count];
        for (var i = 0; i < declared.Length; i++)
        {
            if (Shape.Find(Table.Columns[i]) is { } column)
            {
                declared[i] = values[Shape.Position(column.Name)];
            }
        }

        return declared;
    }

    /// <summary>The name of a column in the database; null when it is no longer written.</summary>
    public string? Name(string column) => Shape.Find(Table.Columns[Table.Position(column)])?.Name;

    /// <summary>The names of columns in the database; null when one is no longer written.</summary>
    public List<string>? Names(IReadOnlyList<string> columns)
    {
        var names = new List<string>(columns.Count);
        foreach (var column in columns)
        {
            if (Name(column) is not { } name)
            {
                return null;
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>The totals of a capacity; null when it has ended.</summary>
    public ShapeSum? Sum(CapacityRule rule)
    {
        var weight = rule.Weight is { } column ? Name(column) : null;
        return Names(rule.Per) is { } per && (rule.Weight is null) == (weight is null)
            ? Shape.Sums.FirstOrDefault(
                known => known.Weight == weight && known.Per.SequenceEqual(per, StringComparer.Ordinal))
            : null;
    }

    private int Source(ShapeColumn column)
    {
        for (var i = 0; i < Table.Columns.Count; i++)
        {
            if (column.Holds(Table.Columns[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
