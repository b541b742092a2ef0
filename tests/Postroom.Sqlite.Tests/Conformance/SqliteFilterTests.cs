using Postroom.Expressions.Sql;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class SqliteFilterTests : FilterConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;

    public SqliteFilterTests()
    {
        SqliteLibrary.Load();
        _connection = SqliteConnection.OpenWriter(_folder.File("filters.db"));
    }

    private protected override SqlDialect Dialect => SqliteDialect.Instance;

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private protected override Task CreateAsync()
    {
        var columns = Table.Columns.Select(column => $"\"{column.Name}\" {Type(column.Type)}");
        _connection.Execute(
            $"CREATE TABLE people (row INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, {string.Join(", ", columns)}) STRICT");
        return Task.CompletedTask;
    }

    private protected override Task InsertAsync(int row, long createdAt, RecordValue[] values)
    {
        var marks = string.Join(", ", Enumerable.Range(1, values.Length + 2).Select(number => $"?{number}"));
        using var statement = _connection.Prepare($"INSERT INTO people VALUES ({marks})");
        statement.Bind(1, row);
        statement.Bind(2, createdAt);
        for (var index = 0; index < values.Length; index++)
        {
            Bind(statement, index + 3, values[index].Kind switch
            {
                RecordValueKind.Text => values[index].Text,
                RecordValueKind.Integer => values[index].Integer,
                RecordValueKind.Number => values[index].Number,
                _ => null,
            });
        }

        statement.Step();
        return Task.CompletedTask;
    }

    private protected override Task<List<int>> SelectAsync(SqlFilter filter)
    {
        using var statement = _connection.Prepare($"SELECT row FROM people WHERE {filter.Text}");
        Assert.Equal(filter.Parameters.Count, statement.Parameters);
        foreach (var (index, value) in filter.Parameters.Index())
        {
            Bind(statement, index + 1, value);
        }

        var rows = new List<int>();
        while (statement.Step())
        {
            rows.Add((int)statement.Number(0));
        }

        return Task.FromResult(rows);
    }

    private static string Type(RecordType type) => type switch
    {
        RecordType.Text => "TEXT",
        RecordType.Number => "REAL",
        _ => "INTEGER",
    };

    private static void Bind(SqliteStatement statement, int index, object? value)
    {
        switch (value)
        {
            case string text:
                statement.BindText(index, text);
                break;
            case long whole:
                statement.Bind(index, whole);
                break;
            case double number:
                statement.Bind(index, number);
                break;
            default:
                Assert.Null(value);
                statement.BindNull(index);
                break;
        }
    }
}
