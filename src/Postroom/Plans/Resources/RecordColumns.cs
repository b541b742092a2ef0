using Postroom.JsonSchema;
using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>
/// Gathers the columns of a resource: those that a rule names, then every scalar field of the schema whose values are
/// short, since people filter and sort by those.
/// </summary>
internal sealed class RecordColumns(SchemaView schema)
{
    public const int Max = 100;
    private const long TextMax = 1000;
    private const int DepthMax = 4;
    private readonly List<RecordColumn> _columns = [];

    public IReadOnlyList<RecordColumn> All => _columns;

    /// <summary>The type that such a field has in a column; null when it has none, or more than one.</summary>
    public static RecordType? TypeOf(SchemaView field) => (field.Types & ~SchemaTypes.Null) switch
    {
        SchemaTypes.String => field.Format == "date-time" ? RecordType.Time : RecordType.Text,
        SchemaTypes.Integer => RecordType.Integer,
        SchemaTypes.Number => RecordType.Number,
        SchemaTypes.Boolean => RecordType.Boolean,
        _ => null,
    };

    /// <summary>The names that a JSON Pointer (RFC 6901 §4) leads by: first ~1, then ~0.</summary>
    public static string[] PathOf(string pointer) =>
    [
        .. pointer.Split('/').Skip(1).Select(name => name
            .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
    ];

    /// <summary>The schema of a field; null when the schema does not name it.</summary>
    public SchemaView? FieldAt(IReadOnlyList<string> path)
    {
        SchemaView? view = schema;
        foreach (var name in path)
        {
            view = view?.Property(name)?.Schema;
        }

        return view;
    }

    /// <summary>The column of a field that a rule names; null when the field has no single type.</summary>
    public RecordColumn? Add(IReadOnlyList<string> path, bool ignoresCase = false)
    {
        if (FieldAt(path) is not { } field || TypeOf(field) is not { } type)
        {
            return null;
        }

        var folds = ignoresCase && type == RecordType.Text;
        var name = ColumnNames.OfColumn(path, folds);
        if (_columns.Find(column => column.Name == name) is { } known)
        {
            return known;
        }

        var added = new RecordColumn(name, path, type) { IgnoresCase = folds };
        _columns.Add(added);
        return added;
    }

    /// <summary>
    /// The column of a field that begins or ends a range; null when it is none. A date has one of its own, since people
    /// compare dates as they are written.
    /// </summary>
    public RecordColumn? AddRangeEnd(IReadOnlyList<string> path)
    {
        if (FieldAt(path) is { Types: SchemaTypes.String, Format: "date" })
        {
            var name = ColumnNames.OfDays(path);
            var days = _columns.Find(column => column.Name == name) ?? new RecordColumn(name, path, RecordType.Date);
            if (!_columns.Contains(days))
            {
                _columns.Add(days);
            }

            return days;
        }

        return FieldAt(path) is { } field && TypeOf(field) is RecordType.Time or RecordType.Integer ? Add(path) : null;
    }

    /// <summary>Adds the short fields that have no column yet, as many as there is room for.</summary>
    public void AddShort() => AddShort(schema, [], DepthMax);

    private void AddShort(SchemaView view, IReadOnlyList<string> above, int depth)
    {
        foreach (var property in view.Properties)
        {
            string[] path = [.. above, property.Name];
            if (_columns.Count < Max && IsShort(property.Schema))
            {
                Add(path);
            }
            else if ((property.Schema.Types & ~SchemaTypes.Null) == SchemaTypes.Object && depth > 1)
            {
                AddShort(property.Schema, path, depth - 1);
            }
        }
    }

    private static bool IsShort(SchemaView field) => TypeOf(field) is { } type && !field.IsWriteOnly
        && (type != RecordType.Text || field.MaxLength <= TextMax || field.EnumValues.Count > 0
            || field.Format is "date" or "time" or "uuid" or "ipv4" or "ipv6");
}
