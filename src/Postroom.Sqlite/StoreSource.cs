using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite;

/// <summary>
/// The database of a data folder as other commands read it: beside a running server or at rest. Whoever reads it makes
/// no file and never checkpoints.
/// </summary>
internal sealed class StoreSource : IDisposable
{
    private readonly FileStream? _lock;
    private readonly string _address;

    private StoreSource(string folder, string address, FileStream? @lock)
    {
        Folder = folder;
        _address = address;
        _lock = @lock;
    }

    /// <summary>The data folder: absolute.</summary>
    public string Folder { get; }

    public string Database => Path.Combine(Folder, DataFolder.DatabaseName);

    /// <summary>Finds out how the database can be read now.</summary>
    /// <exception cref="StoreStartException">There is none, or nobody can read it as it is.</exception>
    public static StoreSource Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        var database = Path.Combine(path, DataFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new StoreStartException($"There is no store in {path}.");
        }

        var (parameters, held) = Choose(path, database);
        return new StoreSource(path, new Uri(database).AbsoluteUri + parameters, held);
    }

    /// <summary>A connection that only reads.</summary>
    public SqliteConnection Connect() => SqliteConnection.OpenReaderAt(_address);

    public void Dispose() => _lock?.Dispose();

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
}
