using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Schema;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>
/// A store that is only read, by another command beside a running server or without one. It writes nothing, makes no
/// file and never checkpoints.
/// </summary>
public sealed class SqliteStoreView : IDisposable
{
    private readonly FileStream? _lock;
    private readonly ReaderPool _readers;

    private SqliteStoreView(FileStream? @lock, ReaderPool readers, byte[] secret)
    {
        _lock = @lock;
        _readers = readers;
        Secret = secret;
    }

    /// <summary>The store's secret, for commands that sign as the server does.</summary>
    public ReadOnlyMemory<byte> Secret { get; }

    /// <summary>Opens a view of the present moment.</summary>
    public IStoreReader Read() => _readers.Read();

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        _lock?.Dispose();
    }

    internal static SqliteStoreView Open(string folder, TimeProvider time)
    {
        var path = Path.GetFullPath(folder);
        var database = Path.Combine(path, DataFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new StoreStartException($"There is no store in {path}.");
        }

        var (parameters, held) = Choose(path, database);
        var address = new Uri(database).AbsoluteUri + parameters;
        var steps = new SqliteStoreOptions { Folder = path }.StatementStepsMax;
        var readers = new ReaderPool(() => SqliteConnection.OpenReaderAt(address), time, steps);
        try
        {
            return new SqliteStoreView(held, readers, CheckAndReadSecret(address));
        }
        catch (Exception failure)
        {
            readers.Dispose();
            held?.Dispose();
            if (failure is SqliteException)
            {
                throw new StoreStartException($"The database {database} cannot be read: {failure.Message}", failure);
            }

            throw;
        }
    }

    // A log means a server that runs, or one that was killed: its newest commits are in the log, and reading it needs
    // the shared index beside it, which only the server may make. Without a log nothing is in motion, and it stays so
    // while the lock is shared: a server that starts meanwhile is told to wait.
    private static (string Parameters, FileStream? Lock) Choose(string folder, string database)
    {
        if (!File.Exists(database + "-wal") && TryShareLock(folder) is { } held)
        {
            if (!File.Exists(database + "-wal"))
            {
                return ("?immutable=1", held);
            }

            held.Dispose();
        }

        return File.Exists(database + "-shm")
            ? ("", null)
            : throw new StoreStartException(
                $"The database {database} has a log but not the index that readers of a log need. "
                + "Start the server once: it puts that right.");
    }

    private static FileStream? TryShareLock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, DataFolder.LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] CheckAndReadSecret(string address)
    {
        using var connection = SqliteConnection.OpenReaderAt(address);
        if (SchemaMigrator.Check(connection, Migrations.All) < Migrations.All.Count)
        {
            throw new StoreStartException(
                "The database is of an older Postroom. Start the server once: it brings the database to this version.");
        }

        using var read = connection.Prepare(StoreSecret.Query);
        return read.Step() ? read.Bytes(0).ToArray() : throw new StoreStartException("The database holds no secret.");
    }
}
