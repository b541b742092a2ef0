using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>The statements by which guards of a unit are judged, made once for each rule.</summary>
internal sealed class RecordView(RecordRows rows, RecordTable table)
{
    private const int KeptMax = 256;

    private readonly ShapeView _view = new(rows.Shape, table);
    private readonly Dictionary<RecordIndex, SqliteStatement?> _rivals = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CapacityRule, ShapeSum?> _sums = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OverlapRule, RangeProbe?> _ranges = new(ReferenceEqualityComparer.Instance);

    /// <summary>What stands in the columns of the database for a record, in their order.</summary>
    public RecordValue[] Values(Record record) => _view.Values(record);

    /// <summary>The name of a column in the database; null when it is no longer written.</summary>
    public string? Name(string column) => _view.Name(column);

    /// <summary>Finds who has the values of an index; null when a column is gone, and the rule with it.</summary>
    public SqliteStatement? Rival(RecordIndex index)
    {
        if (!_rivals.TryGetValue(index, out var rival))
        {
            rival = _view.Names(index.Columns) is { } names
                ? rows.Statement($"SELECT id FROM \"{rows.Shape.Name}\" WHERE {Conditions(names, "=")}")
                : null;
            Keep(_rivals, index, rival);
        }

        return rival;
    }

    /// <summary>The totals of a capacity; null when it has ended.</summary>
    public ShapeSum? Sum(CapacityRule rule)
    {
        if (!_sums.TryGetValue(rule, out var sum))
        {
            sum = _view.Sum(rule);
            Keep(_sums, rule, sum);
        }

        return sum;
    }

    /// <summary>What looks for overlaps; null when the rule has ended.</summary>
    public RangeProbe? Range(OverlapRule rule)
    {
        if (!_ranges.TryGetValue(rule, out var range))
        {
            range = _view.Names([.. rule.Per, rule.From, rule.To]) is { } names
                && rows.Shape.FindLength(names[^2], names[^1]) is { } length
                ? new RangeProbe(rows, [.. names.SkipLast(2)], length.Name, names[^2], names[^1])
                : null;
            Keep(_ranges, rule, range);
        }

        return range;
    }

    // The rules are the table's own; who makes one for each guard shall not fill the memory.
    private static void Keep<TRule, TKept>(Dictionary<TRule, TKept> kept, TRule rule, TKept found)
        where TRule : class
    {
        if (kept.Count == KeptMax)
        {
            kept.Clear();
        }

        kept.Add(rule, found);
    }

    /// <summary>
    /// A condition that columns have the values of the first parameters, none being a value like others.
    /// </summary>
    public static string Same(IReadOnlyList<string> names) => names.Count == 0 ? "true" : Conditions(names, "IS");

    private static string Conditions(IReadOnlyList<string> names, string comparison) => string.Join(
        " AND ", names.Select((name, i) => FormattableString.Invariant($"\"{name}\" {comparison} ?{i + 1}")));
}
