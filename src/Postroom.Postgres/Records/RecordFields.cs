using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>Values and records in the columns of rows.</summary>
internal static class RecordFields
{
    /// <summary>The columns that every table has.</summary>
    public const string Own = "id, version, owner, created_at, updated_at, held_until, document";

    /// <summary>So many parameters, from the first on.</summary>
    public static string Places(int count) =>
        string.Join(", ", Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"${i}")));

    /// <summary>The type of a column in the database.</summary>
    public static string TypeOf(RecordType type) => type switch
    {
        RecordType.Text => "text COLLATE \"C\"",
        RecordType.Number => "double precision",
        _ => "bigint",
    };

    /// <summary>The values of a column for many rows.</summary>
    public static NpgsqlParameter Array(RecordType type, IEnumerable<RecordValue> values) => type switch
    {
        RecordType.Text => Parameters.Texts([.. values.Select(value => value.Text)]),
        RecordType.Number => Parameters.DoublesOrNull(
            [.. values.Select(value => value.Kind == RecordValueKind.Number ? value.Number : (double?)null)]),
        _ => Parameters.LongsOrNull(
            [.. values.Select(value => value.Kind == RecordValueKind.Integer ? value.Integer : (long?)null)]),
    };

    /// <summary>What stands in the columns of a table, from that column of the result on.</summary>
    public static RecordValue[] Values(NpgsqlDataReader row, int first, IReadOnlyList<ShapeColumn> columns)
    {
        var values = new RecordValue[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(first + i)
                ? RecordValue.None
                : columns[i].Type switch
                {
                    RecordType.Text => RecordValue.Of(row.GetString(first + i)),
                    RecordType.Number => RecordValue.Of(row.GetDouble(first + i)),
                    _ => RecordValue.Of(row.GetInt64(first + i)),
                };
        }

        return values;
    }

    /// <summary>The record of a row that begins with <see cref="Own"/>.</summary>
    public static Record Read(NpgsqlDataReader row) => new()
    {
        Id = Uuids.Entry(row.GetGuid(0)),
        Version = row.GetInt64(1),
        Owner = row.TextOrNull(2),
        CreatedAt = row.GetInt64(3),
        UpdatedAt = row.GetInt64(4),
        HeldUntil = row.IsDBNull(5) ? null : row.GetInt64(5),
        Document = row.GetFieldValue<byte[]>(6),
    };
}
