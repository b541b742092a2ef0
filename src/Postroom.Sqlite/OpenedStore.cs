using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Schema;
using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>The parts of an open store, and the order in which they are opened.</summary>
internal sealed class OpenedStore
{
    private static readonly TimeSpan s_viewMax = TimeSpan.FromSeconds(30);

    public required DataFolder Folder { get; init; }

    public required SqliteConnection Connection { get; init; }

    public required WriterSession Session { get; init; }

    public required StoreWriter Writer { get; init; }

    public required ReaderPool Readers { get; init; }

    public required KeyIndex Keys { get; init; }

    public required KeySealer Sealer { get; init; }

    public required byte[] Secret { get; init; }

    public required EntryIdSource Ids { get; init; }

    /// <summary>Takes the folder, brings the file to this version's schema, and starts the writer.</summary>
    public static OpenedStore Open(
        SqliteStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger)
    {
        var folder = DataFolder.Take(options.Folder);
        SqliteConnection? connection = null;
        try
        {
            var isNew = !File.Exists(folder.Database);
            connection = SqliteConnection.OpenWriter(folder.Database);
            WriterPragmas.Set(connection);
            SchemaMigrator.Migrate(connection, Migrations.All, time.GetUtcNow().ToUnixTimeMilliseconds());
            if (isNew)
            {
                FolderSync.Sync(folder.Path);
            }

            return Start(folder, connection, options, time, entropy, logger);
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            folder.Dispose();
            throw new StoreStartException($"The database {folder.Database} cannot be opened: {failure.Message}", failure);
        }
        catch
        {
            connection?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static OpenedStore Start(
        DataFolder folder,
        SqliteConnection connection,
        SqliteStoreOptions options,
        TimeProvider time,
        EntropySource entropy,
        ILogger logger)
    {
        var keys = OpenKeys(folder, connection, options, time, logger);
        var session = new WriterSession(connection, keys, time);
        session.Define(options.OnOpen);
        var readers = new ReaderPool(() => SqliteConnection.OpenReader(folder.Database), time);
        var checkpointer = new Checkpointer(connection, options, logger)
        {
            EndOldReaders = () => EndOldReaders(readers, logger),
        };
        var writer = new StoreWriter(session, checkpointer, options, logger);
        var sealer = new KeySealer(folder.Path, keys, writer.RunAsync, options.Probe, logger);
        keys.OnFrozen = sealer.Wake;
        var opened = new OpenedStore
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
        opened.Ids.StartAfter(connection.ScalarNumber("SELECT max(row) FROM entries") ?? 0);
        writer.Start();
        sealer.Wake();
        Report(folder, keys, logger);
        return opened;
    }

    private static KeyIndex OpenKeys(
        DataFolder folder, SqliteConnection connection, SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        var keys = new KeyIndex(options.GenerationKeysMax, facts =>
        {
            using var reader = SqliteConnection.OpenReader(folder.Database);
            return KeyStart.Rebuild(reader, facts, time.GetUtcNow().ToUnixTimeMilliseconds());
        });
        KeyStart.Load(keys, connection, folder.Path, time.GetUtcNow().ToUnixTimeMilliseconds(), logger);
        return keys;
    }

    private static void Report(DataFolder folder, KeyIndex keys, ILogger logger)
    {
        Log.Opened(logger, folder.Path, SqliteLibrary.Version, keys.InMemory);
        if (SqliteLibrary.VersionNumber < SqliteLibrary.WalResetFixed)
        {
            Log.OldLibrary(logger, SqliteLibrary.Version);
        }
    }

    private static void EndOldReaders(ReaderPool readers, ILogger logger)
    {
        if (readers.EndOlderThan(s_viewMax) > 0)
        {
            Log.ReaderEnded(logger, (long)s_viewMax.TotalSeconds);
        }
    }
}
