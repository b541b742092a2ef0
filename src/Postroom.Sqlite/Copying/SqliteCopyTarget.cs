using Postroom.Files;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Schema;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>A data folder that becomes a copy: its lock is held.</summary>
internal sealed class SqliteCopyTarget : ICopyTarget
{
    // What is in the log is copied into the database before it grows large.
    private const int LogPages = 4000;

    private const string Save =
        $"INSERT INTO settings VALUES ('{CopyProgress.Name}', ?1) ON CONFLICT DO UPDATE SET value = ?1";

    private readonly DataFolder _folder;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _save;
    private readonly SqliteCopyRecords _records;
    private int _pagesChecked;

    private SqliteCopyTarget(DataFolder folder, SqliteConnection connection)
    {
        (_folder, _connection) = (folder, connection);
        _save = connection.Prepare(Save);
        _records = new SqliteCopyRecords(connection);
        Progress = CopyMark.Read(connection);
    }

    public string Place => $"sqlite:{_folder.Path}";

    public CopyProgress? Progress { get; private set; }

    /// <summary>Makes the folder and its database where there is none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="now">When its schema was made, in Unix milliseconds.</param>
    /// <param name="pagesMax">Pages that the database may have, as on a disk with so much space; null for all.</param>
    /// <exception cref="StoreStartException">It cannot be opened, or is of another version.</exception>
    public static SqliteCopyTarget Open(string path, long now, int? pagesMax = null)
    {
        var folder = DataFolder.Take(path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.OpenWriter(folder.Database);
            Prepare(folder, connection, now, pagesMax);
            return new SqliteCopyTarget(folder, connection);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            folder.Dispose();
            if (failure is SqliteException)
            {
                throw new StoreStartException(
                    $"The database {folder.Database} cannot be opened: {failure.Message}", failure);
            }

            throw;
        }
    }

    public long Count(CopyTable table, CopyScope scope) => SqliteCopyRecords.Keeps(table)
        ? _records.Count(table)
        : _connection.ScalarNumber(SqliteCopyTables.Of(table).SelectCount(scope)) ?? 0;

    public ICopyRows Read(CopyTable table, ReadOnlySpan<byte> after, CopyScope scope) => SqliteCopyRecords.Keeps(table)
        ? _records.Read(table, after)
        : new SqliteCopyRows(_connection, table, after, scope);

    public bool HasRows(CopyTable table) => SqliteCopyRecords.Keeps(table)
        ? _records.Count(table) > 0
        : _connection.ScalarNumber(SqliteCopyTables.Of(table).Any()) is not null;

    public void Begin(CopyProgress progress) => InTransaction(progress, "DELETE FROM settings", _records.Remove);

    public void Write(CopyTable table, CopySlice slice, CopyProgress progress)
    {
        InTransaction(progress, null, () =>
        {
            if (SqliteCopyRecords.Keeps(table))
            {
                _records.Insert(table, slice);
                return;
            }

            using var insert = new SqliteCopyInsert(_connection, table);
            insert.Run(slice);
            if (table == CopyTables.Resources)
            {
                _records.Make(slice);
            }
        });
        if (_connection.PagesWritten() is var pages && pages - _pagesChecked > LogPages)
        {
            _connection.Checkpoint();
            _pagesChecked = pages;
        }
    }

    public void Write(CopyProgress progress) => InTransaction(progress, null, () => { });

    // The files of keys are made by the server's first start, which reads the keys of entries anyway.
    public void Derive(CopyScope scope) => InTransaction(
        Progress!,
        $"""
        {scope.Fill("DELETE FROM uploads WHERE state = 0 AND @files_move")};
        DELETE FROM entry_spans;
        INSERT INTO entry_spans
        SELECT row >> {EntryRows.SpanBits}, endpoint, count(*) FILTER (WHERE state = 0),
          count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 3),
          coalesce(sum({SqliteCopyTables.Bytes}) FILTER (WHERE state < 4), 0),
          coalesce(min(received_at) FILTER (WHERE state < 4), {long.MaxValue}),
          min(expires_at) FILTER (WHERE key IS NOT NULL AND (answer_status IS NOT NULL OR state = 4))
        FROM entries t GROUP BY 1, 2;
        """,
        () => { });

    public ValueTask DisposeAsync()
    {
        _save.Dispose();
        _connection.Dispose();
        _folder.Dispose();
        return default;
    }

    private static void Prepare(DataFolder folder, SqliteConnection connection, long now, int? pagesMax)
    {
        WriterPragmas.Set(connection, pagesMax);

        // Sums over all entries must not need memory for all of them.
        connection.SetPragma("temp_store", "FILE", "1");
        if (HasServed(connection) && SchemaMigrator.Check(connection, Migrations.All) < Migrations.All.Count)
        {
            throw new StoreStartException(
                $"The store {folder.Path} is of an older Postroom. Nothing was changed. Copy into a new folder.");
        }

        SchemaMigrator.Migrate(connection, Migrations.All, now);
        FolderSync.Run(folder.Path);
    }

    // A store that was opened once has a secret; one whose making was interrupted is made to its end.
    private static bool HasServed(SqliteConnection connection) =>
        connection.ScalarNumber("SELECT 1 FROM sqlite_schema WHERE name = 'settings'") is not null
        && connection.ScalarNumber("SELECT count(*) FROM settings") > 0;

    private void InTransaction(CopyProgress progress, string? first, Action write)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            if (first is not null)
            {
                _connection.Execute(first);
            }

            write();
            _save.BindBlob(1, progress.Write());
            _save.Run();
            _connection.Execute("COMMIT");
            Progress = progress;
        }
        catch (SqliteException failure)
        {
            throw new CopyRefusedException(
                SqliteCodes.IsFull(failure.Code)
                    ? $"There is no space left for {_folder.Path}. Make space and run the same command again: it goes "
                        + "on where it stopped."
                    : $"{_folder.Path} cannot be written: {failure.EngineMessage}. Put that right and run the same "
                        + "command again: it goes on where it stopped.",
                failure);
        }
    }
}
