using System.Text.Json;
using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>What the database knows of its tables of records.</summary>
internal static class RecordCatalogue
{
    private const string All = """
        SELECT number, endpoint, name, shape, generation FROM postroom.record_tables ORDER BY number;
        SELECT record_table, name, path, type, from_column, to_column, is_filled, is_live
        FROM postroom.record_columns ORDER BY record_table, position;
        SELECT record_table, rule, per, weight FROM postroom.record_sum_rules ORDER BY record_table, rule;
        """;

    /// <summary>Enters a table: its resource, its name and its shape.</summary>
    public const string Enter = """
        WITH added AS (
          INSERT INTO postroom.record_tables (endpoint, name, shape, generation) VALUES ($1, $2, $3, 1)
          RETURNING number)
        INSERT INTO postroom.record_counters SELECT number, 0 FROM added
        """;

    /// <summary>All of them, as of one moment.</summary>
    public static async Task<List<RecordShape>> ReadAsync(
        Database database, NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in All.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            batch.BatchCommands.Add(database.Command(sql));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var tables = new List<(long Number, string Endpoint, string Name, string Shape, long Generation)>();
        await reader.EachAsync(() => tables.Add((
            reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4))));
        var columns = new List<(long Table, ShapeColumn Column)>();
        await reader.EachAsync(() => columns.Add((reader.GetInt32(0), ReadColumn(reader))));
        var sums = new List<(long Table, ShapeSum Sum)>();
        await reader.EachAsync(() => sums.Add((reader.GetInt32(0), new ShapeSum(
            reader.GetInt64(1), ReadNames(reader.GetString(2)), reader.TextOrNull(3), IsFilled: true))));
        return tables.ConvertAll(table =>
        {
            var declared = JsonSerializer.Deserialize(table.Shape, ShapeJson.Default.RecordTable)!;
            List<ShapeColumn> mine = [.. columns.Where(row => row.Table == table.Number).Select(row => row.Column)];
            List<ShapeColumn> live = [.. mine.Where(column => column.IsLive)];
            return new RecordShape
            {
                Number = table.Number,
                Endpoint = table.Endpoint,
                Name = table.Name,
                Declared = declared,
                Columns = live,
                Retired = [.. mine.Where(column => !column.IsLive)],
                Sums = [.. sums.Where(row => row.Table == table.Number).Select(row => Placed(row.Sum, live))],
                HasChanges = declared.HasChanges,
                Search = [],
                Generation = table.Generation,
            };
        });
    }

    /// <summary>Enters a table; gives its number.</summary>
    public static NpgsqlBatchCommand Add(Database database, RecordTable table, string name) => database.Command(
        Enter, Parameters.Text(table.Endpoint), Parameters.Text(name), Parameters.Text(Json(table)));

    /// <summary>Says what is declared.</summary>
    public static NpgsqlBatchCommand Declare(Database database, RecordShape shape, RecordTable table) =>
        database.Command(
            "UPDATE postroom.record_tables SET shape = $2 WHERE number = $1",
            Parameters.Int((int)shape.Number), Parameters.Text(Json(table)));

    /// <summary>Has whoever writes read the table's shape again.</summary>
    public static NpgsqlBatchCommand Touch(Database database, RecordShape shape) => database.Command(
        "UPDATE postroom.record_tables SET generation = generation + 1 WHERE number = $1",
        Parameters.Int((int)shape.Number));

    /// <summary>Enters a column, or what is new of it.</summary>
    public static NpgsqlBatchCommand Put(Database database, RecordShape shape, ShapeColumn column) => database.Command(
        """
        INSERT INTO postroom.record_columns
          (record_table, name, path, type, from_column, to_column, is_filled, is_live)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (record_table, name) DO UPDATE SET is_filled = $7, is_live = $8
        """,
        Parameters.Int((int)shape.Number), Parameters.Text(column.Name), Parameters.Text(Json(column.Path)),
        Parameters.Int(column.TypeCode), Parameters.TextOrNull(column.From), Parameters.TextOrNull(column.To),
        Parameters.Flag(column.IsFilled), Parameters.Flag(column.IsLive));

    /// <summary>Enters totals.</summary>
    public static NpgsqlBatchCommand Put(Database database, RecordShape shape, ShapeSum sum) => database.Command(
        "INSERT INTO postroom.record_sum_rules VALUES ($1, $2, $3, $4)",
        Parameters.Int((int)shape.Number), Parameters.Long(sum.Number), Parameters.Text(Json(sum.Per)),
        Parameters.TextOrNull(sum.Weight));

    /// <summary>Forgets totals.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Remove(Database database, RecordShape shape, ShapeSum sum) =>
    [
        database.Command(
            "DELETE FROM postroom.record_sum_rules WHERE record_table = $1 AND rule = $2",
            Parameters.Int((int)shape.Number), Parameters.Long(sum.Number)),
        database.Command(
            "DELETE FROM postroom.record_sums WHERE record_table = $1 AND rule = $2",
            Parameters.Int((int)shape.Number), Parameters.Text(RuleOf(sum))),
    ];

    /// <summary>What the rows of totals are known by.</summary>
    public static string RuleOf(ShapeSum sum) => FormattableString.Invariant($"{sum.Number}");

    /// <summary>The same declaration in the same words.</summary>
    public static bool IsSame(RecordTable one, RecordTable other) => Json(one) == Json(other);

    private static string Json(RecordTable table) => JsonSerializer.Serialize(table, ShapeJson.Default.RecordTable);

    private static string Json(IReadOnlyList<string> names) =>
        JsonSerializer.Serialize(names, ShapeJson.Default.IReadOnlyListString);

    private static IReadOnlyList<string> ReadNames(string json) =>
        JsonSerializer.Deserialize(json, ShapeJson.Default.IReadOnlyListString) ?? [];

    private static ShapeColumn ReadColumn(NpgsqlDataReader row) => ShapeColumn.Of(
        row.GetString(1), ReadNames(row.GetString(2)), row.GetInt32(3), row.TextOrNull(4),
        row.TextOrNull(5)) with
    {
        IsFilled = row.GetBoolean(6),
        IsLive = row.GetBoolean(7),
    };

    private static ShapeSum Placed(ShapeSum sum, List<ShapeColumn> columns) => sum with
    {
        PerPositions = [.. sum.Per.Select(name => columns.FindIndex(column => column.Name == name))],
        WeightPosition = columns.FindIndex(column => column.Name == sum.Weight),
    };
}
