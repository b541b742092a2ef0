using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>The statements that make tables of records.</summary>
internal static class RecordDefinitions
{
    // An entry of an index holds at most 2,704 bytes, and a text may be longer: indexes look at its beginning, unique
    // ones at its digest, and the statements compare the whole besides.
    private const int IndexedCharacters = 600;

    /// <summary>A table without the columns of its declaration, and what every table has.</summary>
    public static string Table(string table) =>
        $"""
        CREATE TABLE postroom."{table}" (
          id uuid PRIMARY KEY,
          version bigint NOT NULL,
          owner text,
          created_at bigint NOT NULL,
          updated_at bigint NOT NULL,
          held_until bigint,
          document bytea NOT NULL
        );
        CREATE INDEX "{table}_owner" ON postroom."{table}" (owner, id) WHERE owner IS NOT NULL;
        CREATE INDEX "{table}_held" ON postroom."{table}" (held_until) WHERE held_until IS NOT NULL;
        CREATE VIEW postroom."{table[2..]}_readable" AS
        SELECT id, version, owner, to_timestamp(created_at / 1000.0) AS created_at,
          to_timestamp(updated_at / 1000.0) AS updated_at, to_timestamp(held_until / 1000.0) AS held_until,
          convert_from(document, 'UTF8') AS document
        FROM postroom."{table}";
        """;

    /// <summary>A column of it.</summary>
    public static string Column(string table, ShapeColumn column) =>
        $"ALTER TABLE postroom.\"{table}\" ADD COLUMN \"{column.Name}\" {RecordFields.TypeOf(column.Type)}";

    /// <summary>The column as indexes that are not unique know it.</summary>
    public static string Indexed(ShapeColumn column, string value) => column.Type == RecordType.Text
        ? FormattableString.Invariant($"left({value}, {IndexedCharacters})")
        : value;

    /// <summary>The column as unique indexes know it.</summary>
    public static string Unique(ShapeColumn column, string value) =>
        column.Type == RecordType.Text ? $"md5({value})" : value;

    /// <summary>The words of a table's columns for full-text search: what the index is made of.</summary>
    public static string Words(IEnumerable<string> columns)
    {
        var texts = columns.Select(name => $"coalesce(\"{name}\", '')");
        return $"to_tsvector('simple'::regconfig, {string.Join(" || ' ' || ", texts)})";
    }

    /// <summary>The indexes that a declaration needs beside those that every table has.</summary>
    public static IReadOnlyList<ShapeIndex> Indexes(RecordShape shape, RecordTable table)
    {
        var view = new ShapeView(shape, table);
        var indexes = new List<ShapeIndex>();
        foreach (var index in table.Indexes)
        {
            var columns = Columns(view, index.Columns);
            indexes.Add(index.IsUnique
                ? new ShapeIndex(shape.Name, [.. columns.Select(column => Unique(column, Quoted(column)))])
                {
                    Unique = index, Columns = [.. columns.Select(Quoted)],
                }
                : new ShapeIndex(shape.Name, [.. columns.Select(column => Indexed(column, Quoted(column))), "id"]));
        }

        indexes.AddRange(table.Capacities.Select(rule => new ShapeIndex(
            shape.Name, [.. Key(view, rule.Per), "held_until"], " WHERE held_until IS NOT NULL")));
        foreach (var rule in table.Overlaps)
        {
            var range = Columns(view, [rule.From, rule.To]);
            var length = shape.FindLength(range[0].Name, range[1].Name)!;
            indexes.Add(new ShapeIndex(
                shape.Name, [.. Key(view, rule.Per), Quoted(length), Quoted(range[0]), Quoted(range[1])]));
        }

        if (table.Search.Count > 0)
        {
            indexes.Add(new ShapeIndex(
                shape.Name, [Words(Columns(view, table.Search).Select(column => column.Name))], method: "gin"));
        }

        return [.. indexes.DistinctBy(index => index.Name)];
    }

    private static IEnumerable<string> Key(ShapeView view, IReadOnlyList<string> per) =>
        Columns(view, per).Select(column => Indexed(column, Quoted(column)));

    private static string Quoted(ShapeColumn column) => $"\"{column.Name}\"";

    private static List<ShapeColumn> Columns(ShapeView view, IReadOnlyList<string> columns) =>
        [.. (view.Names(columns) ?? throw new InvalidOperationException("A column is not there."))
            .Select(name => view.Shape.Columns[view.Shape.Position(name)])];
}
