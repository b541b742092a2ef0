using Postroom.Expressions.Values;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>Runs queries over a resource's table. Each has its own statement, so none is kept.</summary>
internal sealed class RecordQueries(ReadSession session, RecordShape shape)
{
    private const int OwnColumns = 7;

    public RecordQueryPage Run(RecordQuery query)
    {
        var sql = Translate(query);
        var scanned = sql.Filter.Rest is null ? query.Limit : Math.Max(query.ScanMax, query.Limit);
        var sorted = string.Concat(query.Sorts.Select(sort => $", {NameOf(query, sort)}"));
        using var statement = session.Prepare(
            $"SELECT {RecordRows.Own}{sorted} FROM \"{shape.Name}\" WHERE {sql.Where} ORDER BY {sql.Order} "
            + $"LIMIT ?{sql.Parameters.Count + 1}");
        Bind(statement, sql);
        statement.Bind(sql.Parameters.Count + 1, scanned + 1L);
        var variables = (ExpressionValue[])query.Variables.Clone();
        var found = new List<Record>();
        RecordPlace? last = null;
        for (var row = 0; statement.Step(); row++)
        {
            if (found.Count == query.Limit || row == scanned)
            {
                return new RecordQueryPage(found, last);
            }

            var record = RecordFields.Read(statement);
            last = Place(query, record, statement);
            if (query.Passes(sql.Filter.Rest, record, variables))
            {
                found.Add(record);
            }
        }

        return new RecordQueryPage(found, null);
    }

    /// <summary>Null when there are more than that to be evaluated.</summary>
    public long? Count(RecordQuery query, int evaluatedMax)
    {
        var sql = Translate(query with { After = null, Sorts = [] });
        var counts = sql.Filter.Rest is null;
        using var statement = session.Prepare(
            $"SELECT {(counts ? "count(*)" : RecordRows.Own)} FROM \"{shape.Name}\" WHERE {sql.Where}");
        Bind(statement, sql);
        if (counts)
        {
            return statement.Step() ? statement.Number(0) : 0;
        }

        var variables = (ExpressionValue[])query.Variables.Clone();
        long count = 0;
        for (var row = 0; statement.Step(); row++)
        {
            if (row == evaluatedMax)
            {
                return null;
            }

            count += query.Passes(sql.Filter.Rest, RecordFields.Read(statement), variables) ? 1 : 0;
        }

        return count;
    }

    private static void Bind(SqliteStatement statement, RecordQuerySql sql)
    {
        for (var index = 0; index < sql.Parameters.Count; index++)
        {
            switch (sql.Parameters[index])
            {
                case string text:
                    statement.BindText(index + 1, text);
                    break;
                case double number:
                    statement.Bind(index + 1, number);
                    break;
                case EntryId id:
                    RecordRows.Bind(statement, index + 1, id);
                    break;
                case var whole:
                    statement.Bind(index + 1, (long)whole);
                    break;
            }
        }
    }

    private RecordQuerySql Translate(RecordQuery query)
    {
        var columns = query.Table.Columns.Select(column => (Column: column, Kept: shape.Find(column)))
            .Where(each => each.Kept is { IsFilled: true })
            .Select(each => (each.Column, each.Kept!.Name));
        return RecordQuerySql.Of(
            query, RecordVariables.Columns(columns), sort => NameOf(query, sort), SqliteDialect.Instance);
    }

    private string NameOf(RecordQuery query, RecordSort sort) =>
        sort.Column is RecordSort.Created or RecordSort.Updated or RecordSort.Version
            ? sort.Column
            : $"\"{shape.Find(query.Table.Columns[query.Table.Position(sort.Column)])?.Name
                ?? throw new InvalidOperationException($"The column {sort.Column} was not prepared.")}\"";

    private static RecordPlace Place(RecordQuery query, Record record, SqliteStatement row)
    {
        var values = new RecordValue[query.Sorts.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = RecordFields.Value(row, OwnColumns + index, query.Sorts[index].TypeIn(query.Table));
        }

        return new RecordPlace(values, record.Id);
    }
}
