using Postroom.Expressions.Sql;

namespace Postroom.Storage.Records;

/// <summary>A query in SQL, as far as engines agree. Names come from the store, values are parameters.</summary>
/// <param name="Filter">What the filter became.</param>
/// <param name="Where">The whole condition.</param>
/// <param name="Order">What follows <c>ORDER BY</c>.</param>
/// <param name="Parameters">Strings, whole numbers, doubles, booleans and ids, in the order of their numbers.</param>
internal sealed record RecordQuerySql(SqlFilter Filter, string Where, string Order, IReadOnlyList<object> Parameters)
{
    /// <param name="query">What is asked for.</param>
    /// <param name="columns">The columns for filters.</param>
    /// <param name="nameOf">The name in the database of a column to sort by, quoted where needed.</param>
    /// <param name="dialect">The engine's own ways.</param>
    public static RecordQuerySql Of(
        RecordQuery query, SqlColumns columns, Func<RecordSort, string> nameOf, SqlDialect dialect)
    {
        var filter = query.Filter is null
            ? new SqlFilter("TRUE", [], null)
            : SqlTranslator.Translate(query.Filter, columns, dialect, query.Variables);
        var parameters = filter.Parameters.ToList();
        string Bind(object value)
        {
            parameters.Add(value);
            return dialect.Parameter(parameters.Count);
        }

        var conditions = new List<string> { filter.Text };
        if (query.Owner is not null)
        {
            conditions.Add($"{dialect.Text("owner")} = {Bind(query.Owner)}");
        }

        string Name(RecordSort sort) =>
            sort.TypeIn(query.Table) == RecordType.Text ? dialect.Text(nameOf(sort)) : nameOf(sort);
        if (query.After is { } place)
        {
            conditions.Add(Behind(query, place, Name, (sort, value) => Bind(Value(sort, query.Table, value, dialect)),
                Bind(place.Id)));
        }

        var order = query.Sorts.Select(sort =>
            $"{Name(sort)} {(sort.IsDescending ? "DESC NULLS FIRST" : "ASC NULLS LAST")}");
        return new RecordQuerySql(
            filter,
            string.Join(" AND ", conditions.Where(condition => condition != "TRUE").DefaultIfEmpty("TRUE")),
            string.Join(", ", order.Append(query.IsOldestFirst ? "id ASC" : "id DESC")),
            parameters);
    }

    /// <summary>
    /// Behind a place is what is equal in the first columns and behind in the next, for each of them; an empty column
    /// counts as greater than all.
    /// </summary>
    private static string Behind(
        RecordQuery query, RecordPlace place, Func<RecordSort, string> nameOf,
        Func<RecordSort, RecordValue, string> bind, string id)
    {
        var equal = "";
        var branches = new List<string>();
        foreach (var (sort, value) in query.Sorts.Zip(place.Values))
        {
            var name = nameOf(sort);
            var parameter = value.IsNone ? "" : bind(sort, value);
            var behind = (sort.IsDescending, value.IsNone) switch
            {
                (true, true) => $"{name} IS NOT NULL",
                (true, false) => $"{name} < {parameter}",
                (false, true) => "FALSE",
                (false, false) => $"({name} > {parameter} OR {name} IS NULL)",
            };
            branches.Add($"{equal}{behind}");
            equal += value.IsNone ? $"{name} IS NULL AND " : $"{name} = {parameter} AND ";
        }

        branches.Add($"{equal}id {(query.IsOldestFirst ? ">" : "<")} {id}");
        return $"({string.Join(" OR ", branches.Select(branch => $"({branch})"))})";
    }

    private static object Value(RecordSort sort, RecordTable table, RecordValue value, SqlDialect dialect) =>
        value.Kind switch
        {
            RecordValueKind.Text => value.Text!,
            RecordValueKind.Number => value.Number,
            _ when sort.TypeIn(table) == RecordType.Boolean => dialect.Boolean(value.Integer != 0),
            _ => value.Integer,
        };
}
