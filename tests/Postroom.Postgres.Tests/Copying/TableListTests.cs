using Npgsql;
using Postroom.Postgres.Copying;
using Postroom.Sqlite.Copying;
using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary>
/// Nothing is forgotten: every table and column that a store has is copied, or named as what is made from the rest. Who
/// adds one and meets this test adds it to CopyTables and to each engine's list.
/// </summary>
public sealed class TableListTests(PostgresServer server) : CopyTest(server)
{
    [Fact]
    public async Task Of_SQLite()
    {
        await using (await OpenSqliteAsync())
        {
            // It makes the tables.
        }

        using var connection = SqliteConnection.OpenWriter(Path.Combine(Data, "postroom.db"));
        using var select = connection.Prepare(
            """
            SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """);
        var columns = new List<(string, string)>();
        while (select.Step())
        {
            columns.Add((select.Text(0)!, select.Text(1)!));
        }

        AssertKnown(columns, [.. SqliteCopyTables.All.Select(table => table.Table), CopyTables.Changes],
            SqliteCopyTables.Derived);
    }

    [Fact]
    public async Task Of_PostgreSQL()
    {
        await using (await OpenPostgresAsync())
        {
            // It makes the tables.
        }

        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var select = new NpgsqlCommand(
            """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'postroom' AND t.table_type = 'BASE TABLE'
            """,
            connection);
        await using var reader = await select.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var columns = new List<(string, string)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        AssertKnown(
            columns, [.. PostgresCopyTables.All.Select(table => table.Table), CopyTables.Changes],
            PostgresCopyTables.Derived);
    }

    private static void AssertKnown(
        List<(string Table, string Column)> columns, IEnumerable<CopyTable> copied, IReadOnlyList<string> derived)
    {
        var known = copied.SelectMany(table => table.Columns.Select(column => (table.Name, column.Name))).ToHashSet();
        Assert.NotEmpty(columns);
        Assert.DoesNotContain(columns, column => !known.Contains(column)
            && !derived.Contains(column.Table) && !derived.Contains($"{column.Table}.{column.Column}"));
    }
}
