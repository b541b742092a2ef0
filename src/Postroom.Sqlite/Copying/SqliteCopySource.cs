using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Schema;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>A data folder that is copied: its lock is held, so that no server runs on it.</summary>
internal sealed class SqliteCopySource : ICopySource
{
    private readonly DataFolder _folder;
    private readonly SqliteConnection _connection;

    private SqliteCopySource(DataFolder folder, SqliteConnection connection, byte[] secret) =>
        (_folder, _connection, Secret) = (folder, connection, secret);

    public string Place => $"sqlite:{_folder.Path}";

    public ReadOnlyMemory<byte> Secret { get; }

    /// <exception cref="StoreStartException">There is no store, or it is not at rest.</exception>
    public static SqliteCopySource Open(string path)
    {
        if (!File.Exists(Path.Combine(path, DataFolder.DatabaseName)))
        {
            throw new StoreStartException($"There is no store in {Path.GetFullPath(path)}.");
        }

        var folder = DataFolder.Take(path);
        SqliteConnection? connection = null;
        try
        {
            // As its only writer would, so that what a killed server left in the log is read too.
            connection = SqliteConnection.OpenWriter(folder.Database);
            Check(folder, connection);
            connection.Execute("PRAGMA temp_store=FILE; PRAGMA query_only=1; BEGIN");
            using var secret = connection.Prepare(StoreSecret.Query);
            return secret.Step()
                ? new SqliteCopySource(folder, connection, secret.Bytes(0).ToArray())
                : throw new StoreStartException($"The database {folder.Database} holds no secret.");
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            folder.Dispose();
            if (failure is SqliteException)
            {
                throw new StoreStartException(
                    $"The database {folder.Database} cannot be read: {failure.Message}", failure);
            }

            throw;
        }
    }

    public long Count(CopyTable table, CopyScope scope) => SqliteCopyRecords.Keeps(table)
        ? new SqliteCopyRecords(_connection).Count(table)
        : _connection.ScalarNumber(SqliteCopyTables.Of(table).SelectCount(scope)) ?? 0;

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) => SqliteCopyRecords.Keeps(table)
        ? new SqliteCopyRecords(_connection).Read(table, after)
        : new SqliteCopyRows(_connection, table, after, scope);

    public IReadOnlyList<string> Others()
    {
        using var select = _connection.Prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        var others = new List<string>();
        while (select.Step())
        {
            others.Add(select.Text(0)!);
        }

        var records = new SqliteCopyRecords(_connection).Resources();
        return
        [
            .. others.Except(SqliteCopyTables.All.Select(table => table.Table.Name))
                .Except(SqliteCopyTables.Derived).Except([CopyTables.Changes.Name])
                .Where(name => !records.Any(resource => IsOf(resource, name))),
        ];
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _folder.Dispose();
        return default;
    }

    // The table of its records, and those of its full-text search.
    private static bool IsOf(CopyResource resource, string table) =>
        table == resource.Name || table == $"{resource.Name}_search"
        || table.StartsWith($"{resource.Name}_search_", StringComparison.Ordinal);

    private static void Check(DataFolder folder, SqliteConnection connection)
    {
        if (SchemaMigrator.Check(connection, Migrations.All) < Migrations.All.Count)
        {
            throw new StoreStartException(
                $"The database {folder.Database} is of an older Postroom. Start the server once: it brings the "
                + "database to this version.");
        }

        CopyMark.RefuseUnfinished(connection, folder.Path);
        if (new OrderFolder(folder.Path).HasOpen)
        {
            throw new StoreStartException(
                $"An order to erase waits in {folder.Path}. Start the server once, so that it is carried out before "
                + "anything is copied.");
        }
    }
}
