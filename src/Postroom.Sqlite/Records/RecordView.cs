using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>
/// A table as a unit knows it, over the table as it is: what its columns and rules are called in the database. Whatever
/// plan a unit was made by, it is judged and written by the table of now.
/// </summary>
internal sealed class RecordView
{
    private readonly RecordRows _rows;
    private readonly RecordTable _table;
    private readonly int[] _sources;
    private readonly Dictionary<object, SqliteStatement?> _probes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CapacityRule, ShapeSum?> _sums = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OverlapRule, RangeProbe?> _ranges = new(ReferenceEqualityComparer.Instance);
    private readonly bool _isWhole;

    public RecordView(RecordRows rows, RecordTable table)
    {
        _rows = rows;
        _table = table;
        _sources = [.. rows.Shape.Columns.Select(Source)];
        _isWhole = rows.Shape.Columns.Zip(_sources).All(pair => pair.Second >= 0 || pair.First.From is not null);
    }

    /// <summary>What stands in the columns of the database for a record, in their order.</summary>
    public RecordValue[] Values(Record record)
    {
        if (!_isWhole)
        {
            return _rows.Shape.Read(record.Document.Span);
        }

        var values = new RecordValue[_sources.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _sources[i] < 0 ? RecordValue.None : record.Values[_sources[i]];
        }

        _rows.Shape.FillLengths(values);
        return values;
    }

    /// <summary>The name of a column in the database; null when it is no longer written.</summary>
    public string? Name(string column) => _rows.Shape.Find(_table.Columns[_table.Position(column)])?.Name;

    /// <summary>Finds who has the values of an index; null when a column is gone, and the rule with it.</summary>
    public SqliteStatement? Rival(RecordIndex index)
    {
        if (!_probes.TryGetValue(index, out var probe))
        {
            probe = Names(index.Columns) is { } names
                ? _rows.Statement($"SELECT id FROM \"{_rows.Shape.Name}\" WHERE {Equal(names, 1)}")
                : null;
            _probes.Add(index, probe);
        }

        return probe;
    }

    /// <summary>The totals of a capacity; null when it has ended.</summary>
    public ShapeSum? Sum(CapacityRule rule)
    {
        if (!_sums.TryGetValue(rule, out var sum))
        {
            var weight = rule.Weight is { } column ? Name(column) : null;
            sum = Names(rule.Per) is { } per && (rule.Weight is null) == (weight is null)
                ? _rows.Shape.Sums.FirstOrDefault(
                    known => known.Weight == weight && known.Per.SequenceEqual(per, StringComparer.Ordinal))
                : null;
            _sums.Add(rule, sum);
        }

        return sum;
    }

    /// <summary>What looks for overlaps; null when the rule has ended.</summary>
    public RangeProbe? Range(OverlapRule rule)
    {
        if (!_ranges.TryGetValue(rule, out var range))
        {
            range = Names([.. rule.Per, rule.From, rule.To]) is { } names
                && _rows.Shape.FindLength(names[^2], names[^1]) is { } length
                ? new RangeProbe(_rows, [.. names.SkipLast(2)], length.Name, names[^2], names[^1])
                : null;
            _ranges.Add(rule, range);
        }

        return range;
    }

    /// <summary>A condition that columns have the values of parameters, none being a value like others.</summary>
    public static string Same(IReadOnlyList<string> names, int first) => names.Count == 0
        ? "true"
        : string.Join(" AND ", names.Select((name, i) => FormattableString.Invariant($"\"{name}\" IS ?{first + i}")));

    private static string Equal(IReadOnlyList<string> names, int first) =>
        string.Join(" AND ", names.Select((name, i) => FormattableString.Invariant($"\"{name}\" = ?{first + i}")));

    private List<string>? Names(IReadOnlyList<string> columns)
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

    private int Source(ShapeColumn column)
    {
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            if (column.Holds(_table.Columns[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
