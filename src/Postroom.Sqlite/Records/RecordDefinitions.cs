using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>The statements that make tables of records.</summary>
internal static class RecordDefinitions
{
    /// <summary>What comes before the name of a resource's table.</summary>
    public const string Prefix = "r_";

    /// <summary>A table without the columns of its declaration, and the indexes that every table has.</summary>
    public static string Table(string table) =>
        $"""
        CREATE TABLE "{table}" (
          row INTEGER PRIMARY KEY,
          id BLOB NOT NULL UNIQUE,
          version INTEGER NOT NULL,
          owner TEXT,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          held_until INTEGER,
          document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX "{table}_owner" ON "{table}" (owner, id) WHERE owner IS NOT NULL;
        CREATE INDEX "{table}_held" ON "{table}" (held_until) WHERE held_until IS NOT NULL;
        """;

    /// <summary>A column of it.</summary>
    public static string Column(string table, ShapeColumn column) =>
        $"ALTER TABLE \"{table}\" ADD COLUMN \"{column.Name}\" {TypeOf(column.Type)}";

    private static string TypeOf(RecordType type) => type switch
    {
        RecordType.Text => "TEXT",
        RecordType.Number => "REAL",
        _ => "INTEGER",
    };

    /// <summary>Its text columns for full-text search; it keeps no second copy of the texts.</summary>
    public static string Search(RecordShape shape, IEnumerable<string> columns) =>
        $"""
        CREATE VIRTUAL TABLE "{shape.SearchName}" USING fts5({string.Join(", ", columns.Select(name => $"\"{name}\""))},
          content="{shape.Name}", content_rowid="row", tokenize="unicode61 remove_diacritics 2");
        INSERT INTO "{shape.SearchName}" ("{shape.SearchName}", rank) VALUES ('secure-delete', 1);
        INSERT INTO "{shape.SearchName}" ("{shape.SearchName}") VALUES ('rebuild');
        """;

    /// <summary>The table for people: ids and times as text.</summary>
    public static string View(string table) =>
        $"""
        CREATE VIEW "{ViewName(table)}" AS
        SELECT
          lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
            || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
          version, owner,
          strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', updated_at / 1000.0, 'unixepoch') AS updated_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', held_until / 1000.0, 'unixepoch') AS held_until,
          document
        FROM "{table}";
        """;

    /// <summary>The name of the view of a table.</summary>
    public static string ViewName(string table) => $"{table[Prefix.Length..]}_readable";

    /// <summary>The indexes that a declaration needs beside those that every table has.</summary>
    public static IReadOnlyList<ShapeIndex> Indexes(RecordShape shape, RecordTable table)
    {
        string Name(string column) => shape.Find(table.Columns[table.Position(column)])?.Name
            ?? throw new InvalidOperationException($"The column {column} of {table.Endpoint} is not there.");
        IEnumerable<string> Names(IEnumerable<string> columns) => columns.Select(column => $"\"{Name(column)}\"");

        var indexes = new List<ShapeIndex>();
        foreach (var index in table.Indexes)
        {
            // Lists go on after an id where values are equal.
            var columns = Names(index.Columns);
            indexes.Add(index.IsUnique
                ? new ShapeIndex(shape.Name, [.. columns], unique: index)
                : new ShapeIndex(shape.Name, [.. columns, "id"]));
        }

        foreach (var rule in table.Capacities)
        {
            IEnumerable<string> weight = rule.Weight is { } column ? Names([column]) : [];
            indexes.Add(new ShapeIndex(
                shape.Name, [.. Names(rule.Per), "held_until", .. weight], " WHERE held_until IS NOT NULL"));
        }

        foreach (var rule in table.Overlaps)
        {
            var length = shape.FindLength(Name(rule.From), Name(rule.To))?.Name;
            indexes.Add(new ShapeIndex(
                shape.Name,
                [.. Names(rule.Per), $"\"{length}\"", .. Names([rule.From, rule.To]), "held_until"]));
        }

        return [.. indexes.DistinctBy(index => index.Name)];
    }
}
