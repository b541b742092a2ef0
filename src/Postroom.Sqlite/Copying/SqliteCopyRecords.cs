using System.Globalization;
using System.Text;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Records;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>
/// The records of resources, which lie in a table for each, and their changes, in which a resource is a number. A table
/// is made without the columns of its declaration: the next start fills them from the documents.
/// </summary>
internal sealed class SqliteCopyRecords(SqliteConnection connection)
{
    public static bool Keeps(CopyTable table) => table == CopyTables.Records || table == CopyTables.Changes;

    /// <summary>The resources, in the order of their paths.</summary>
    public List<CopyResource> Resources()
    {
        using var select = connection.Prepare("SELECT number, endpoint, name FROM record_tables ORDER BY endpoint");
        var resources = new List<CopyResource>();
        while (select.Step())
        {
            resources.Add(new CopyResource(select.Number(0), select.Text(1)!, select.Text(2)!));
        }

        return resources;
    }

    public long Count(CopyTable table) => Resources().Sum(
        resource => connection.ScalarNumber($"SELECT count(*) {From(table, resource)}") ?? 0);

    public CopyChain Read(CopyTable table, ReadOnlySpan<byte> after) =>
        new(Resources(), after, (resource, key) => Open(table, resource, key));

    /// <summary>Makes the tables of resources that came.</summary>
    public void Make(CopySlice slice)
    {
        var fields = slice.Fields();
        while (fields.Rest > 0)
        {
            fields.Next();
            fields.Next();
            var name = Encoding.UTF8.GetString(fields.Bytes);
            fields.Next();
            connection.Execute(RecordDefinitions.Table(name));
            connection.Execute(RecordDefinitions.View(name));
        }
    }

    public void Insert(CopyTable table, CopySlice slice)
    {
        var resources = Resources();
        SqliteStatement? insert = null;
        byte[] endpoint = [];
        try
        {
            var fields = slice.Fields();
            while (fields.Rest > 0)
            {
                fields.Next();
                if (insert is null || !fields.Bytes.SequenceEqual(endpoint))
                {
                    insert?.Dispose();
                    endpoint = fields.Bytes.ToArray();
                    var path = Encoding.UTF8.GetString(endpoint);
                    insert = connection.Prepare(Into(table, resources.Single(resource => resource.Endpoint == path)));
                }

                for (var column = 1; column < table.Columns.Count; column++)
                {
                    fields.Next();
                    CopyBinding.Bind(insert, column, table.Columns[column].Kind, fields);
                }

                insert.Run();
            }
        }
        finally
        {
            insert?.Dispose();
        }
    }

    /// <summary>Removes the tables that a server which was tried here has made.</summary>
    public void Remove()
    {
        foreach (var resource in Resources())
        {
            connection.Execute(
                $"""
                DROP TABLE IF EXISTS "{resource.Name}_search";
                DROP VIEW IF EXISTS "{RecordDefinitions.ViewName(resource.Name)}";
                DROP TABLE "{resource.Name}";
                """);
        }

        connection.Execute(
            """
            DELETE FROM record_tables;
            DELETE FROM record_columns;
            DELETE FROM record_sum_rules;
            DELETE FROM record_sums;
            """);
    }

    private SqliteCopyRows Open(CopyTable table, CopyResource resource, byte[] after)
    {
        var key = table.Columns[1];
        var behind = after.Length > 0 ? $"AND {key.Name} > ?2" : "";
        var select = connection.Prepare(
            $"SELECT ?1, {Names(table)} {From(table, resource)} {behind} ORDER BY {key.Name}");
        select.BindText(1, resource.Endpoint);
        if (after.Length > 0)
        {
            var fields = new CopyFields(after);
            fields.Next();
            CopyBinding.Bind(select, 2, key.Kind, fields);
        }

        return new SqliteCopyRows(select, table);
    }

    private static string Names(CopyTable table) =>
        string.Join(", ", table.Columns.Skip(1).Select(column => column.Name));

    private static string From(CopyTable table, CopyResource resource) => table == CopyTables.Records
        ? $"FROM \"{resource.Name}\" WHERE true"
        : string.Create(CultureInfo.InvariantCulture, $"FROM record_changes WHERE record_table = {resource.Number}");

    private static string Into(CopyTable table, CopyResource resource)
    {
        var values = string.Join(", ", table.Columns.Skip(1).Select((column, i) =>
            Value(column, FormattableString.Invariant($"?{i + 1}"))));
        return table == CopyTables.Records
            ? $"INSERT INTO \"{resource.Name}\" ({Names(table)}) VALUES ({values})"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO record_changes (record_table, {Names(table)}) VALUES ({resource.Number}, {values})");
    }

    // Bytes that are JSON are texts here.
    private static string Value(CopyColumn column, string place) =>
        column.Kind == CopyKind.Bytes ? $"CAST({place} AS TEXT)" : place;
}
