using Microsoft.Extensions.Logging;
using Postroom.Files;
using Postroom.Sqlite.Copying;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Records;
using Postroom.Sqlite.Schema;
using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>Opens a store, in the one order in which it can be opened.</summary>
internal sealed class StoreOpening(
    SqliteStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger)
{
    private static readonly TimeSpan s_viewMax = TimeSpan.FromSeconds(30);

    /// <summary>Takes the folder, brings the file to this version's schema, and starts the writer.</summary>
    /// <exception cref="StoreStartException">It cannot be opened.</exception>
    public StoreParts Open()
    {
        var folder = DataFolder.Take(options.Folder);
        SqliteConnection? connection = null;
        try
        {
            connection = OpenDatabase(folder);
            return Open(folder, connection);
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

    private SqliteConnection OpenDatabase(DataFolder folder)
    {
        var isNew = !File.Exists(folder.Database);
        var connection = SqliteConnection.OpenWriter(folder.Database);
        try
        {
            WriterPragmas.Set(connection, options.PagesMax);
            if (options.Erases)
            {
                connection.SetPragma("secure_delete", "1", "1");
            }

            SchemaMigrator.Migrate(connection, Migrations.All, Now());
            CopyMark.RefuseUnfinished(connection, folder.Path);
            if (isNew)
            {
                FolderSync.Run(folder.Path);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private StoreParts Open(DataFolder folder, SqliteConnection connection)
    {
        var keys = new KeyIndex(options.GenerationKeysMax, facts => Rebuild(folder, facts));
        WriterSession? session = null;
        try
        {
            KeyStart.Load(keys, connection, folder.Path, Now(), logger);
            session = new WriterSession(connection, keys, time, options.StatementStepsMax);
            session.Define(options.OnOpen);
            var opened = Assemble(folder, connection, session, keys);
            opened.Ids.StartAfter(connection.ScalarNumber("SELECT max(row) FROM entries") ?? 0);
            opened.Writer.Start();
            opened.Sealer.Wake();
            Report(folder, keys);
            return opened;
        }
        catch
        {
            session?.Dispose();
            keys.Dispose();
            throw;
        }
    }

    private StoreParts Assemble(
        DataFolder folder, SqliteConnection connection, WriterSession session, KeyIndex keys)
    {
        var readers = new ReaderPool(
            () => SqliteConnection.OpenReader(folder.Database),
            endpoint => session.Records.Shapes.GetValueOrDefault(endpoint),
            time,
            options.StatementStepsMax);
        var checkpointer = new Checkpointer(connection, options, logger)
        {
            EndOldReaders = () => EndOldReaders(readers),
        };
        var writer = new StoreWriter(session, checkpointer, options, logger);
        var sealer = new KeySealer(folder.Path, keys, writer.RunAsync, options.Probe, logger);
        keys.OnFrozen = sealer.Wake;
        return new StoreParts
        {
            Folder = folder,
            Connection = connection,
            Session = session,
            Writer = writer,
            Readers = readers,
            Keys = keys,
            Sealer = sealer,
            Secret = StoreSecret.ReadOrMake(connection, entropy),
            Ids = new EntryIdSource(time, entropy),
        };
    }

    private KeyTable Rebuild(DataFolder folder, GenerationFacts facts)
    {
        using var reader = SqliteConnection.OpenReader(folder.Database);
        return KeyStart.Rebuild(reader, facts, Now());
    }

    private void EndOldReaders(ReaderPool readers)
    {
        if (readers.EndOlderThan(s_viewMax) > 0)
        {
            Log.ReaderEnded(logger, (long)s_viewMax.TotalSeconds);
        }
    }

    private void Report(DataFolder folder, KeyIndex keys)
    {
        Log.Opened(logger, folder.Path, SqliteLibrary.Version, keys.InMemory);
        if (SqliteLibrary.VersionNumber < SqliteLibrary.WalResetFixed)
        {
            Log.OldLibrary(logger, SqliteLibrary.Version);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
