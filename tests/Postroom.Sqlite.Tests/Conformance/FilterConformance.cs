using System.Text;
using Postroom.Expressions;
using Postroom.Expressions.Sql;
using Postroom.Expressions.Values;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>
/// A filter finds in the database what it finds when each document is evaluated: any expression, whatever stands in the
/// documents, on every engine.
/// </summary>
public abstract class FilterConformance
{
    private const int Records = 200;
    private const int Expressions = 700;

    private readonly List<(byte[] Document, long CreatedAt)> _rows = [];

    private protected static RecordTable Table { get; } = new()
    {
        Endpoint = "/api/people",
        Name = "people",
        Columns =
        [
            new RecordColumn("name", ["name"], RecordType.Text),
            new RecordColumn("nick", ["nick"], RecordType.Text),
            new RecordColumn("age", ["age"], RecordType.Integer),
            new RecordColumn("limit_", ["limit"], RecordType.Integer),
            new RecordColumn("price", ["price"], RecordType.Number),
            new RecordColumn("rate", ["rate"], RecordType.Number),
            new RecordColumn("active", ["active"], RecordType.Boolean),
            new RecordColumn("starts", ["starts"], RecordType.Time),
            new RecordColumn("ends", ["ends"], RecordType.Time),
            new RecordColumn("city", ["address", "city"], RecordType.Text),
        ],
    };

    [Fact]
    public async Task Filters_find_what_evaluation_finds()
    {
        var random = new RandomFilters(new Random(23));
        await CreateAsync();
        for (var row = 0; row < Records; row++)
        {
            var document = random.Document();
            var created = RandomFilters.Base + random.Below(5);
            _rows.Add((Encoding.UTF8.GetBytes(document), created));
            await InsertAsync(row, created, Table.Read(_rows[row].Document));
        }

        int inSqlAlone = 0, found = 0;
        for (var round = 0; round < Expressions; round++)
        {
            var text = random.Condition(4);
            var result = Expression.CompileCondition(text, RandomFilters.Environment);
            Assert.True(result.Succeeded, $"{text}: {result.Fault}");
            found += await CompareAsync(result.Expression);
            inSqlAlone += Translate(result.Expression).Rest is null ? 1 : 0;
        }

        // The comparison means something only when many filters are all SQL, and many records are found.
        Assert.True(inSqlAlone > Expressions / 5, $"{inSqlAlone} are all SQL");
        Assert.True(found > Expressions * 10, $"{found} found");
    }

    [Theory]
    [InlineData("name == 'x'; DROP TABLE people; --'")]
    [InlineData("name == \"' OR 1=1 --\"")]
    [InlineData("name.contains(\"%\") || name.startsWith(\"_\") || name.endsWith(\"\\\\\")")]
    [InlineData("name in [\"'); DELETE FROM people; --\", '?1', '$1', ':a', '@a']")]
    [InlineData("name >= '\\u0000' && name.contains('\\u0000') || name.startsWith('a\\u0000')")]
    [InlineData("name == '\\U0010FFFF' || name.startsWith('\\U0010FFFF')")]
    [InlineData("price < double('Infinity') && price > -1.8e308 || rate != double('NaN')")]
    [InlineData("age < 9223372036854775807 && age < 1e30 && age > -1e30 && age != 0.5")]
    [InlineData("starts > timestamp('0001-01-01T00:00:00Z') && starts < timestamp('9999-12-31T23:59:59.999999999Z')")]
    public async Task Hostile_values_are_only_values(string text)
    {
        var result = Expression.CompileCondition(text, RandomFilters.Environment);
        if (result.Expression is not { } expression)
        {
            Assert.NotEmpty(result.Fault!.Message);
            return;
        }

        var random = new RandomFilters(new Random(5));
        await CreateAsync();
        for (var row = 0; row < 100; row++)
        {
            _rows.Add((Encoding.UTF8.GetBytes(random.Document()), RandomFilters.Base));
            await InsertAsync(row, RandomFilters.Base, Table.Read(_rows[row].Document));
        }

        await CompareAsync(expression);
    }

    /// <summary>Makes the table, with a column <c>row</c> and one <c>created_at</c> (milliseconds).</summary>
    private protected abstract Task CreateAsync();

    private protected abstract Task InsertAsync(int row, long createdAt, RecordValue[] values);

    /// <summary>The rows that the condition holds for.</summary>
    private protected abstract Task<List<int>> SelectAsync(SqlFilter filter);

    private protected abstract SqlDialect Dialect { get; }

    private async Task<int> CompareAsync(Expression expression)
    {
        var filter = Translate(expression);
        var selected = await SelectAsync(filter);
        int[] inDatabase = [.. selected.Where(row => filter.Rest?.IsTrue(Variables(row)) ?? true).Order()];
        int[] evaluated = [.. Enumerable.Range(0, _rows.Count).Where(row => expression.IsTrue(Variables(row)))];
        var first = inDatabase.Except(evaluated).Concat(evaluated.Except(inDatabase)).Select(row => (int?)row).FirstOrDefault();
        Assert.True(
            first is null,
            first is null ? "" : $"{expression.Text}\n{filter.Text}\n{string.Join(", ", filter.Parameters)}\n"
                + Encoding.UTF8.GetString(_rows[first.Value].Document));
        return evaluated.Length;
    }

    private SqlFilter Translate(Expression expression)
    {
        var columns = new SqlColumns();
        foreach (var column in Table.Columns)
        {
            columns.Add("record", column.Path, new SqlColumn($"\"{column.Name}\"", column.Type switch
            {
                RecordType.Text => SqlColumnKind.Text,
                RecordType.Integer => SqlColumnKind.Integer,
                RecordType.Number => SqlColumnKind.Number,
                RecordType.Boolean => SqlColumnKind.Boolean,
                _ => SqlColumnKind.Time,
            }));
        }

        columns.Add("record.created", [], new SqlColumn("created_at", SqlColumnKind.ExactTime, 1_000_000));
        return SqlTranslator.Translate(expression, columns, Dialect, Variables(0));
    }

    private ExpressionValue[] Variables(int row) =>
    [
        ExpressionValue.Json(_rows[row].Document),
        ExpressionValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(_rows[row].CreatedAt)),
        ExpressionValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(RandomFilters.Base + 2)),
        ExpressionValue.Json("""{"name": "b", "age": 3, "roles": ["a", "b"], "nothing": null}"""u8.ToArray()),
    ];
}
