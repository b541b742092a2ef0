using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// Moves the log into the database between batches. Only the writer does: two connections that checkpoint and write at
/// once can lose commits in SQLite before 3.51.3.
/// </summary>
internal sealed class Checkpointer(SqliteConnection connection, SqliteStoreOptions options, ILogger logger)
{
    private const int WarnAtBytes = 64 * 1024 * 1024;

    // A killed process leaves its log behind: those pages count too, or a server that dies often would never move them.
    private int _pagesAtLast = connection.PagesWritten() - PagesLeft(options.Folder);
    private bool _warned;

    /// <summary>What ends views that are open too long when they keep the log from shrinking.</summary>
    public Action? EndOldReaders { get; set; }

    /// <summary>Checkpoints when the log has grown enough since the last time.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void RunIfDue()
    {
        if ((connection.PagesWritten() - _pagesAtLast) * WriterPragmas.PageBytes >= options.CheckpointBytes)
        {
            Run();
        }
    }

    /// <summary>
    /// Checkpoints. When the disk is full that makes room: pages that are in the database free their place in the log.
    /// </summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void Run()
    {
        _pagesAtLast = connection.PagesWritten();
        options.Probe?.Reached(StorePoints.Checkpoint);
        if (options.Fault?.AtCheckpoint() is { } code and not 0)
        {
            throw new SqliteException(code, "A fault that was asked for.");
        }

        try
        {
            GuardLog(connection.Checkpoint());
        }
        catch (SqliteException failure) when (!SqliteCodes.IsBroken(failure.Code))
        {
            // The database cannot grow, or a person's tool holds it: the log keeps everything until the next time.
            Log.CheckpointPutOff(logger, failure);
        }
    }

    /// <summary>Empties the log's file as well; false when a reader still needs it, or the disk has no space.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public bool TryEmpty()
    {
        Run();
        EndOldReaders?.Invoke();
        try
        {
            return connection.TryEmptyLog();
        }
        catch (SqliteException failure) when (!SqliteCodes.IsBroken(failure.Code))
        {
            Log.CheckpointPutOff(logger, failure);
            return false;
        }
    }

    private static int PagesLeft(string folder)
    {
        var log = new FileInfo(Path.Combine(folder, DataFolder.DatabaseName + "-wal"));
        return log.Exists ? (int)Math.Min(log.Length / WriterPragmas.PageBytes, int.MaxValue) : 0;
    }

    private void GuardLog((int Logged, int Copied) pages)
    {
        var (logged, copied) = pages;
        if (logged * WriterPragmas.PageBytes < WarnAtBytes)
        {
            _warned = false;
            return;
        }

        EndOldReaders?.Invoke();
        if (!_warned)
        {
            _warned = true;
            Log.LogIsLarge(logger, logged * WriterPragmas.PageBytes, copied * WriterPragmas.PageBytes);
        }
    }
}
