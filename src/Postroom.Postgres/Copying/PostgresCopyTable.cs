using System.Globalization;
using NpgsqlTypes;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>How this engine keeps a table that is copied: each column under its name, as its kind.</summary>
/// <param name="Table">The table.</param>
internal sealed record PostgresCopyTable(CopyTable Table)
{
    /// <summary>What its rows are read from, under the name t.</summary>
    public string From { get; init; } = $"postroom.{Table.Name} t";

    /// <summary>Which of them.</summary>
    public string Where { get; init; } = "true";

    /// <summary>How a column is read where it is not just its name.</summary>
    public IReadOnlyDictionary<string, string> Reads { get; init; } = new Dictionary<string, string>();

    /// <summary>A trigger that sums up row by row what is summed up at once when all are there.</summary>
    public string? Trigger { get; init; }

    /// <summary>
    /// The rows after those keys, or all; keys are compared byte by byte, whatever the database's locale.
    /// </summary>
    public string Select(bool isAfter, CopyScope scope)
    {
        var keys = string.Join(", ", Table.KeyColumns.Select(
            column => $"t.\"{column.Name}\"{(column.Kind == CopyKind.Text ? " COLLATE \"C\"" : "")}"));
        var places = string.Join(", ", Enumerable.Range(1, Table.Keys).Select(number => $"${number}"));
        var columns = string.Join(", ", Table.Columns.Select(
            column => Reads.GetValueOrDefault(column.Name, Read(column))));
        var after = isAfter ? $"({keys}) > ({places})" : "true";
        return scope.Fill($"SELECT {columns} FROM {From} WHERE {Where} AND {after} ORDER BY {keys}");
    }

    public string Count(CopyScope scope) => scope.Fill($"SELECT count(*) FROM {From} WHERE {Where}");

    public string Insert() =>
        $"COPY postroom.{Table.Name} ({string.Join(", ", Table.Columns.Select(column => $"\"{column.Name}\""))}) "
        + "FROM STDIN (FORMAT BINARY)";

    public static NpgsqlDbType TypeOf(CopyKind kind) => kind switch
    {
        CopyKind.Number => NpgsqlDbType.Bigint,
        CopyKind.Integer => NpgsqlDbType.Integer,
        CopyKind.Flag => NpgsqlDbType.Boolean,
        CopyKind.Text => NpgsqlDbType.Text,
        CopyKind.Bytes => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Uuid,
    };

    /// <summary>A column as it is read: numbers of either size as one.</summary>
    public static string Read(CopyColumn column) => column.Kind switch
    {
        CopyKind.Integer => $"t.\"{column.Name}\"::bigint",
        CopyKind.Flag => $"t.\"{column.Name}\"::integer::bigint",
        _ => $"t.\"{column.Name}\"",
    };

}
