using System.Globalization;
using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>One connection, used by one thread at a time.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int CacheWriteStatus = 9;
    private const int NoCheckpointOnClose = 1006;
    private const int BusyMilliseconds = 5000;

    private readonly sqlite3 _handle;

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>False inside BEGIN … COMMIT; true again when SQLite rolled back on its own.</summary>
    public bool IsAutocommit => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The row number of the row that was inserted last.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Opens a database for the writer, which is the only one that may create it.</summary>
    public static SqliteConnection OpenWriter(string path) =>
        Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Opens a database for reading only.</summary>
    public static SqliteConnection OpenReader(string path) =>
        Open(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Opens a database for reading by a <c>file:</c> address with parameters.</summary>
    public static SqliteConnection OpenReaderAt(string address) =>
        Open(address, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_URI);

    /// <summary>Prepares one statement that is kept.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement, out var rest));
        return string.IsNullOrWhiteSpace(rest)
            ? new SqliteStatement(this, statement)
            : throw new SqliteException(raw.SQLITE_MISUSE, "One statement at a time, please.");
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row as text, or null.</summary>
    public string? Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>The first column of the first row as a number, or null when it is NULL or there is no row.</summary>
    public long? ScalarNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Number(0) : null;
    }

    /// <summary>Sets a pragma and refuses to go on unless it reads back as asked.</summary>
    public void SetPragma(string name, string value, string readBack)
    {
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {name}={value}"));
        var actual = Scalar($"PRAGMA {name}");
        if (!string.Equals(actual, readBack, StringComparison.OrdinalIgnoreCase))
        {
            throw new SqliteException(raw.SQLITE_ERROR, $"PRAGMA {name} is {actual} where {readBack} was asked for.");
        }
    }

    /// <summary>How many pages this connection has written to the log so far.</summary>
    public int PagesWritten()
    {
        raw.sqlite3_db_status(_handle, CacheWriteStatus, out var current, out _, 0);
        return current;
    }

    /// <summary>Copies what it can from the log to the database without waiting for readers.</summary>
    /// <returns>The pages in the log, and how many of them are in the database now.</returns>
    public (int Logged, int Copied) Checkpoint()
    {
        const int Mode = raw.SQLITE_CHECKPOINT_PASSIVE;
        Check(raw.sqlite3_wal_checkpoint_v2(_handle, "main", Mode, out var logged, out var copied));
        return (logged, copied);
    }

    /// <summary>
    /// Moves the whole log into the database and empties its file, unless a reader still needs it. It waits for none.
    /// </summary>
    public bool TryEmptyLog()
    {
        raw.sqlite3_busy_timeout(_handle, 0);
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(_handle, BusyMilliseconds);
        if (code == raw.SQLITE_BUSY)
        {
            return false;
        }

        Check(code);
        return true;
    }

    /// <summary>
    /// Copies the database, page by page, into an empty one. Inside a transaction of this connection all pages are of
    /// its moment, whatever is written meanwhile.
    /// </summary>
    /// <param name="target">The database that becomes the copy.</param>
    /// <param name="slicePages">Pages between two calls of <paramref name="progress"/>.</param>
    /// <param name="progress">Hears of the pages copied, and of how many there are.</param>
    public void CopyTo(SqliteConnection target, int slicePages, Action<int, int> progress)
    {
        var backup = raw.sqlite3_backup_init(target._handle, "main", _handle, "main")
            ?? throw target.Failure(raw.sqlite3_errcode(target._handle));
        using (backup)
        {
            var code = raw.SQLITE_OK;
            while (code == raw.SQLITE_OK)
            {
                code = raw.sqlite3_backup_step(backup, slicePages);
                var total = raw.sqlite3_backup_pagecount(backup);
                progress(total - raw.sqlite3_backup_remaining(backup), total);
            }

            if (code != raw.SQLITE_DONE)
            {
                throw new SqliteException(code, raw.sqlite3_errstr(code).utf8_to_string());
            }
        }
    }

    /// <summary>
    /// Whether closing the last connection may checkpoint. Not after a failed commit: the file must tell the truth.
    /// </summary>
    public void CheckpointOnClose(bool allowed) =>
        Check(raw.sqlite3_db_config(_handle, NoCheckpointOnClose, allowed ? 0 : 1, out _));

    /// <summary>Makes the statement that runs on this connection end with SQLITE_INTERRUPT. From any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    /// <summary>Judges what the next statements may touch while they are prepared; null judges nothing.</summary>
    public void Authorize(delegate_authorizer? authorizer) =>
        Check(raw.sqlite3_set_authorizer(_handle, authorizer, null));

    /// <summary>Calls back after every so many steps of the engine, which stops when told 1; null ends that.</summary>
    public void WatchProgress(int steps, delegate_progress? watch) =>
        raw.sqlite3_progress_handler(_handle, steps, watch, null);

    /// <summary>Throws unless the code is OK.</summary>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>The exception for the last call.</summary>
    public SqliteException Failure(int code)
    {
        var extended = raw.sqlite3_extended_errcode(_handle);
        return (extended & 0xFF) == (code & 0xFF)
            ? new SqliteException(extended, raw.sqlite3_errmsg(_handle).utf8_to_string())
            : new SqliteException(code, raw.sqlite3_errstr(code).utf8_to_string());
    }

    public void Dispose() => _handle.Dispose();

    private static SqliteConnection Open(string path, int flags)
    {
        SqliteLibrary.Load();
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteException(code, $"{raw.sqlite3_errstr(code).utf8_to_string()}: {path}");
        }

        var connection = new SqliteConnection(handle);
        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return connection;
    }
}
