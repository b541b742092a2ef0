using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Postroom.Postgres.Records;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>
/// The records of resources, which lie in a table for each, and their changes, in which a resource is a number. A table
/// is made without the columns of its declaration: the next start fills them from the documents.
/// </summary>
internal sealed class PostgresCopyRecords(PostgresCopyStore store)
{
    // Where changes were forgotten, the counter alone stands for them. Elsewhere the newest change does, so one is
    // made: a removal of what never was, behind a gap that whoever follows sees.
    private const string Changes = """
        (SELECT sequence, id, version, kind, at FROM postroom.record_changes WHERE record_table = @table
        UNION ALL
        SELECT last_change + 1, '00000000-0000-0000-0000-000000000000', 0, 2, 0 FROM postroom.record_counters
        WHERE record_table = @table AND last_change > coalesce(
          (SELECT max(sequence) FROM postroom.record_changes WHERE record_table = @table), 0)) t
        """;

    public static bool Keeps(CopyTable table) => table == CopyTables.Records || table == CopyTables.Changes;

    /// <summary>The resources, in the order of the bytes of their paths.</summary>
    public List<CopyResource> Resources()
    {
        using var command = new NpgsqlCommand(
            store.Database.Sql(
                "SELECT number, endpoint, name FROM postroom.record_tables ORDER BY endpoint COLLATE \"C\""),
            store.Connection);
        using var rows = command.ExecuteReader();
        var resources = new List<CopyResource>();
        while (rows.Read())
        {
            resources.Add(new CopyResource(rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        }

        return resources;
    }

    public long Count(CopyTable table) =>
        Resources().Sum(resource => (long)store.Scalar($"SELECT count(*) FROM {From(table, resource)}")!);

    public CopyChain Read(CopyTable table, ReadOnlySpan<byte> after) =>
        new(Resources(), after, (resource, key) => Open(table, resource, key));

    /// <summary>Enters the resources that came, and makes their tables.</summary>
    public void Make(CopySlice slice)
    {
        var fields = slice.Fields();
        while (fields.Rest > 0)
        {
            var (endpoint, name, shape) = (Next(ref fields), Next(ref fields), Next(ref fields));
            store.Run(
                RecordCatalogue.Enter, Parameters.Text(endpoint), Parameters.Text(name), Parameters.Text(shape));
            store.Run(RecordDefinitions.Table(name));
        }
    }

    public void Insert(CopyTable table, CopySlice slice)
    {
        var resources = Resources();
        NpgsqlBinaryImporter? import = null;
        CopyResource? resource = null;
        byte[] endpoint = [];
        try
        {
            var fields = slice.Fields();
            while (fields.Rest > 0)
            {
                fields.Next();
                if (resource is null || !fields.Bytes.SequenceEqual(endpoint))
                {
                    import?.Complete();
                    import?.Dispose();
                    endpoint = fields.Bytes.ToArray();
                    var path = Encoding.UTF8.GetString(endpoint);
                    resource = resources.Single(known => known.Endpoint == path);
                    import = store.Connection.BeginBinaryImport(store.Database.Sql(Into(table, resource)));
                }

                Write(import!, table, resource, ref fields);
            }

            import?.Complete();
        }
        finally
        {
            import?.Dispose();
        }
    }

    /// <summary>Removes the tables that a node which was tried here has made.</summary>
    public void Remove()
    {
        foreach (var resource in Resources())
        {
            store.Run($"DROP TABLE postroom.\"{resource.Name}\" CASCADE");
        }

        foreach (var table in PostgresCopyTables.OfRecords)
        {
            store.Run($"DELETE FROM postroom.{table}");
        }
    }

    /// <summary>Makes the numbers of changes go on behind those that came.</summary>
    public void Derive() => store.Run(
        "UPDATE postroom.record_counters c SET last_change = coalesce("
            + "(SELECT max(sequence) FROM postroom.record_changes r WHERE r.record_table = c.record_table), 0)");

    private PostgresCopyRows Open(CopyTable table, CopyResource resource, byte[] after)
    {
        var key = table.Columns[1];
        var columns = string.Join(", ", table.Columns.Skip(1).Select(PostgresCopyTable.Read));
        var behind = after.Length > 0 ? $"WHERE t.{key.Name} > $2" : "";
        var command = new NpgsqlCommand(
            store.Database.Sql(
                $"SELECT $1, {columns} FROM {From(table, resource)} {behind} ORDER BY t.{key.Name}"),
            store.Connection) { CommandTimeout = 0 };
        command.Parameters.Add(Parameters.Text(resource.Endpoint));
        if (after.Length > 0)
        {
            var fields = new CopyFields(after);
            fields.Next();
            command.Parameters.Add(PostgresCopyRows.Parameter(key.Kind, fields));
        }

        return new PostgresCopyRows(command, table);
    }

    private static string From(CopyTable table, CopyResource resource) => table == CopyTables.Records
        ? $"postroom.\"{resource.Name}\" t"
        : Changes.Replace(
            "@table", resource.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Into(CopyTable table, CopyResource resource)
    {
        var names = string.Join(", ", table.Columns.Skip(1).Select(column => $"\"{column.Name}\""));
        return table == CopyTables.Records
            ? $"COPY postroom.\"{resource.Name}\" ({names}) FROM STDIN (FORMAT BINARY)"
            : $"COPY postroom.record_changes (record_table, {names}) FROM STDIN (FORMAT BINARY)";
    }

    private static void Write(
        NpgsqlBinaryImporter import, CopyTable table, CopyResource resource, ref CopyFields fields)
    {
        import.StartRow();
        if (table == CopyTables.Changes)
        {
            import.Write((int)resource.Number, NpgsqlDbType.Integer);
        }

        foreach (var column in table.Columns.Skip(1))
        {
            fields.Next();
            PostgresCopyImport.Write(import, column.Kind, fields);
        }
    }

    private static string Next(ref CopyFields fields)
    {
        fields.Next();
        return Encoding.UTF8.GetString(fields.Bytes);
    }
}
