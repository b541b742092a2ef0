using System.Collections.Frozen;
using Postroom.Expressions;
using Postroom.JsonSchema;
using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>What callers may filter and sort a resource by: nothing that answers do not show.</summary>
internal sealed class QueryFields
{
    private readonly FrozenDictionary<string, string> _columns;

    public QueryFields(SchemaView schema, IReadOnlyList<RecordColumn> columns, FrozenSet<string> hidden)
    {
        var type = SchemaExpressionType.Of(schema);
        Environment = RecordVariables.Environment(hidden.Count == 0
            ? type
            : ExpressionType.MapOf(
                type.Fields.Where(field => !hidden.Contains(field.Key)).ToDictionary(), others: null));
        _columns = columns.Where(column => !hidden.Contains(column.Path[0]) && IsPlain(column))
            .DistinctBy(column => string.Join('.', column.Path))
            .Select(column => KeyValuePair.Create(string.Join('.', column.Path), column.Name))
            .Concat(
            [
                KeyValuePair.Create(RecordMembers.Created, RecordSort.Created),
                KeyValuePair.Create(RecordMembers.Updated, RecordSort.Updated),
                KeyValuePair.Create(RecordMembers.Version, RecordSort.Version),
            ])
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What filters can name.</summary>
    public ExpressionEnvironment Environment { get; }

    /// <summary>What lists can be sorted by.</summary>
    public IEnumerable<string> Sortable => _columns.Keys;

    /// <summary>The column of a field as it is named in <c>sort</c>; null when lists cannot be sorted by it.</summary>
    public string? ColumnOf(string field) => _columns.GetValueOrDefault(field);

    private static bool IsPlain(RecordColumn column) => !column.IgnoresCase && column.Type != RecordType.Date;
}
