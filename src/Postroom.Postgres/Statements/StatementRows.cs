using System.Globalization;
using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Statements;

/// <summary>
/// Reads the rows of a user's query in the types that every engine has: whole numbers and truth values as long, real
/// ones as double, bytes as they are, everything else as the text that the server writes.
/// </summary>
internal static class StatementRows
{
    private const int RowsMax = 10_000;

    public static async Task<QueryResult> ReadAsync(NpgsqlCommand command)
    {
        command.AllResultTypesAreUnknown = true;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            Add(rows, reader);
        }

        return Result(reader, rows);
    }

    /// <summary>The same for who holds no thread's worth of time: a reader is used at once.</summary>
    public static QueryResult Read(NpgsqlCommand command)
    {
        command.AllResultTypesAreUnknown = true;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            Add(rows, reader);
        }

        return Result(reader, rows);
    }

    private static QueryResult Result(NpgsqlDataReader reader, List<object?[]> rows) =>
        new([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);

    private static void Add(List<object?[]> rows, NpgsqlDataReader reader)
    {
        if (rows.Count == RowsMax)
        {
            throw new StatementFailedException($"A query gives at most {RowsMax} rows.");
        }

        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : Value(reader.GetDataTypeName(i), reader.GetString(i));
        }

        rows.Add(row);
    }

    private static object Value(string type, string text) => type switch
    {
        "smallint" or "integer" or "bigint" => long.Parse(text, CultureInfo.InvariantCulture),
        "real" or "double precision" => double.Parse(text, CultureInfo.InvariantCulture),
        "boolean" => text == "t" ? 1L : 0L,
        "bytea" => Convert.FromHexString(text.AsSpan(2)),
        _ => text,
    };
}
