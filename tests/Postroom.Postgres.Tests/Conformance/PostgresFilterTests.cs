using Npgsql;
using NpgsqlTypes;
using Postroom.Expressions.Sql;
using Postroom.Postgres.Reading;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Tests.Conformance;

/// <summary>The texts have an order of another language in the table, which must not count.</summary>
public sealed class PostgresFilterTests(PostgresServer server) : FilterConformance, IAsyncLifetime
{
    private NpgsqlConnection? _connection;

    private protected override SqlDialect Dialect => PostgresDialect.Instance;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    public async ValueTask InitializeAsync()
    {
        _connection = new NpgsqlConnection(server.ConnectionString);
        await _connection.OpenAsync();
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    private protected override async Task CreateAsync()
    {
        var columns = Table.Columns.Select(column => $"\"{column.Name}\" {Type(column.Type)}");
        await using var command = new NpgsqlCommand(
            $"CREATE TEMPORARY TABLE people (row integer, created_at bigint, {string.Join(", ", columns)})", Connection);
        await command.ExecuteNonQueryAsync();
    }

    private protected override async Task InsertAsync(int row, long createdAt, RecordValue[] values)
    {
        var marks = string.Join(", ", Enumerable.Range(1, values.Length + 2).Select(number => $"${number}"));
        await using var command = new NpgsqlCommand($"INSERT INTO people VALUES ({marks})", Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = row });
        command.Parameters.Add(new NpgsqlParameter { Value = createdAt });
        foreach (var (value, column) in values.Zip(Table.Columns))
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = column.Type switch
                {
                    RecordType.Text => NpgsqlDbType.Text,
                    RecordType.Number => NpgsqlDbType.Double,
                    RecordType.Boolean => NpgsqlDbType.Boolean,
                    _ => NpgsqlDbType.Bigint,
                },
                Value = value.Kind switch
                {
                    RecordValueKind.Text => value.Text!,
                    RecordValueKind.Integer => column.Type == RecordType.Boolean ? value.Integer == 1 : value.Integer,
                    RecordValueKind.Number => value.Number,
                    _ => DBNull.Value,
                },
            });
        }

        await command.ExecuteNonQueryAsync();
    }

    private protected override async Task<List<int>> SelectAsync(SqlFilter filter)
    {
        await using var command = new NpgsqlCommand($"SELECT row FROM people WHERE {filter.Text}", Connection);
        foreach (var value in filter.Parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = new List<int>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetInt32(0));
        }

        return rows;
    }

    private static string Type(RecordType type) => type switch
    {
        RecordType.Text => "text COLLATE \"und-x-icu\"",
        RecordType.Number => "double precision",
        RecordType.Boolean => "boolean",
        _ => "bigint",
    };
}
