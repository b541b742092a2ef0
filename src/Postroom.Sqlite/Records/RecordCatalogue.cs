using System.Text.Json;
using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>What the database knows of its tables of records.</summary>
internal static class RecordCatalogue
{
    /// <summary>All of them.</summary>
    public static List<RecordShape> Read(SqliteConnection connection)
    {
        using var tables = connection.Prepare(
            "SELECT number, endpoint, name, shape, filled_to FROM record_tables ORDER BY number");
        var shapes = new List<RecordShape>();
        while (tables.Step())
        {
            var number = tables.Number(0);
            var declared = JsonSerializer.Deserialize(tables.Bytes(3), ShapeJson.Default.RecordTable)
                ?? throw new SqliteException(1, "The catalogue of records holds no shape.");
            var columns = ReadColumns(connection, number);
            var live = columns.Where(column => column.IsLive).ToList();
            var name = tables.Text(2)!;
            shapes.Add(new RecordShape
            {
                Number = number,
                Endpoint = tables.Text(1)!,
                Name = name,
                Declared = declared,
                Columns = live,
                Retired = [.. columns.Where(column => !column.IsLive)],
                Sums = ReadSums(connection, number, live),
                HasChanges = declared.HasChanges,
                Search = ReadSearch(connection, $"{name}_search"),
                FilledTo = tables.IsNull(4) ? null : tables.Number(4),
            });
        }

        return shapes;
    }

    /// <summary>Enters a table.</summary>
    public static void Add(SqliteConnection connection, RecordTable table, string name)
    {
        using var insert = connection.Prepare(
            "INSERT INTO record_tables (endpoint, name, shape) VALUES (?1, ?2, ?3)");
        insert.BindText(1, table.Endpoint);
        insert.BindText(2, name);
        insert.BindText(3, JsonSerializer.SerializeToUtf8Bytes(table, ShapeJson.Default.RecordTable));
        insert.Run();
    }

    /// <summary>Says what is declared.</summary>
    public static void Declare(SqliteConnection connection, long number, RecordTable table)
    {
        using var update = connection.Prepare("UPDATE record_tables SET shape = ?2 WHERE number = ?1");
        update.Bind(1, number);
        update.BindText(2, JsonSerializer.SerializeToUtf8Bytes(table, ShapeJson.Default.RecordTable));
        update.Run();
    }

    /// <summary>Enters a column, or what is new of it.</summary>
    public static void Put(SqliteConnection connection, long number, ShapeColumn column)
    {
        using var put = connection.Prepare(
            """
            INSERT INTO record_columns VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT DO UPDATE SET is_filled = ?7, is_live = ?8
            """);
        put.Bind(1, number);
        put.BindText(2, column.Name);
        put.BindText(3, JsonSerializer.SerializeToUtf8Bytes(column.Path, ShapeJson.Default.IReadOnlyListString));
        put.Bind(4, column.TypeCode);
        put.BindText(5, column.From);
        put.BindText(6, column.To);
        put.Bind(7, column.IsFilled ? 1 : 0);
        put.Bind(8, column.IsLive ? 1 : 0);
        put.Run();
    }

    /// <summary>Enters totals, or what is new of them.</summary>
    public static void Put(SqliteConnection connection, long number, ShapeSum sum)
    {
        using var put = connection.Prepare("INSERT OR REPLACE INTO record_sum_rules VALUES (?1, ?2, ?3, ?4, ?5)");
        put.Bind(1, number);
        put.Bind(2, sum.Number);
        put.BindText(3, JsonSerializer.SerializeToUtf8Bytes(sum.Per, ShapeJson.Default.IReadOnlyListString));
        put.BindText(4, sum.Weight);
        put.Bind(5, sum.IsFilled ? 1 : 0);
        put.Run();
    }

    /// <summary>Forgets what totals say, and on request that there are any.</summary>
    public static void Clear(SqliteConnection connection, long number, ShapeSum sum, bool isGone)
    {
        RunOn(connection, "DELETE FROM record_sums WHERE record_table = ?1 AND rule = ?2", number, sum.Number);
        if (isGone)
        {
            RunOn(connection, "DELETE FROM record_sum_rules WHERE record_table = ?1 AND rule = ?2", number, sum.Number);
        }
    }

    /// <summary>Sets how far the rows have every column.</summary>
    public static void Mark(SqliteConnection connection, long number, long? filledTo)
    {
        using var update = connection.Prepare("UPDATE record_tables SET filled_to = ?2 WHERE number = ?1");
        update.Bind(1, number);
        if (filledTo is { } row)
        {
            update.Bind(2, row);
        }

        update.Run();
    }

    private static List<ShapeColumn> ReadColumns(SqliteConnection connection, long number)
    {
        using var rows = connection.Prepare(
            """
            SELECT name, path, type, from_column, to_column, is_filled, is_live FROM record_columns
            WHERE record_table = ?1 ORDER BY rowid
            """);
        rows.Bind(1, number);
        var columns = new List<ShapeColumn>();
        while (rows.Step())
        {
            columns.Add(ShapeColumn.Of(
                rows.Text(0)!, ReadNames(rows.Bytes(1)), (int)rows.Number(2), rows.Text(3), rows.Text(4)) with
            {
                IsFilled = rows.Number(5) != 0,
                IsLive = rows.Number(6) != 0,
            });
        }

        return columns;
    }

    private static List<ShapeSum> ReadSums(SqliteConnection connection, long number, List<ShapeColumn> columns)
    {
        using var rows = connection.Prepare(
            "SELECT rule, per, weight, is_filled FROM record_sum_rules WHERE record_table = ?1 ORDER BY rule");
        rows.Bind(1, number);
        var sums = new List<ShapeSum>();
        while (rows.Step())
        {
            var per = ReadNames(rows.Bytes(1));
            var weight = rows.Text(2);
            sums.Add(new ShapeSum(rows.Number(0), per, weight, rows.Number(3) != 0)
            {
                PerPositions = [.. per.Select(name => columns.FindIndex(column => column.Name == name))],
                WeightPosition = columns.FindIndex(column => column.Name == weight),
            });
        }

        return sums;
    }

    private static List<string> ReadSearch(SqliteConnection connection, string name)
    {
        using var rows = connection.Prepare("SELECT name FROM pragma_table_info(?1)");
        rows.BindText(1, name);
        var columns = new List<string>();
        while (rows.Step())
        {
            columns.Add(rows.Text(0)!);
        }

        return columns;
    }

    private static IReadOnlyList<string> ReadNames(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ShapeJson.Default.IReadOnlyListString) ?? [];

    private static void RunOn(SqliteConnection connection, string sql, long first, long second)
    {
        using var statement = connection.Prepare(sql);
        statement.Bind(1, first);
        statement.Bind(2, second);
        statement.Run();
    }
}
