using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Traces;

/// <summary>
/// Keeps traces in a file of their own, written by a thread of its own a few times a second. What does not fit in the
/// queue is dropped and counted; a failing disk drops too, and disturbs nobody.
/// </summary>
public sealed class SqliteTraceStore : ITraceStore
{
    internal const string FileName = "traces.db";
    private static readonly TimeSpan s_flushEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _queueLock = new();
    private readonly Lock _tableLock = new();
    private readonly int _queueMax;
    private readonly ILogger _logger;
    private readonly TraceTable _table;
    private readonly SemaphoreSlim _due = new(0);
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PostTrace> _queued = [];
    private List<PostTrace> _writing = [];
    private long _dropped;
    private bool _closing;
    private bool _failed;

    private SqliteTraceStore(TraceTable table, int queueMax, TimeProvider time, ILogger logger)
    {
        _table = table;
        _queueMax = queueMax;
        _logger = logger;
        new Thread(WriteUntilClosed) { Name = "postroom-traces", IsBackground = true }.Start();
        _timer = time.CreateTimer(_ => Wake(), null, s_flushEvery, s_flushEvery);
    }

    /// <inheritdoc/>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Opens the traces of a data folder. A damaged file is begun anew: traces are no data of the user's.
    /// </summary>
    /// <param name="folder">The data folder; it must exist.</param>
    /// <param name="time">The clock of the timer and of ageing.</param>
    /// <param name="logger">Hears of a failing disk, once.</param>
    /// <param name="queueMax">Traces that may wait; 1024 unless told.</param>
    /// <param name="rowsMax">Traces that are kept; 100,000 unless told.</param>
    /// <param name="ageMax">How long they are kept; 7 days unless told.</param>
    public static SqliteTraceStore Open(
        string folder,
        TimeProvider time,
        ILogger logger,
        int queueMax = 1024,
        int rowsMax = 100_000,
        TimeSpan? ageMax = null)
    {
        var path = Path.Combine(folder, FileName);
        var age = ageMax ?? TimeSpan.FromDays(7);
        try
        {
            return new SqliteTraceStore(new TraceTable(path, rowsMax, age, time), queueMax, time, logger);
        }
        catch (SqliteException failure)
        {
            Log.TracesBegunAnew(logger, failure);
            foreach (var file in Directory.EnumerateFiles(folder, FileName + "*"))
            {
                File.Delete(file);
            }

            return new SqliteTraceStore(new TraceTable(path, rowsMax, age, time), queueMax, time, logger);
        }
    }

    /// <inheritdoc/>
    public bool HasRoom
    {
        get
        {
            // Read without the lock: a trace too many or too few is no matter.
            if (_queued.Count < _queueMax)
            {
                return true;
            }

            Interlocked.Increment(ref _dropped);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Record(PostTrace trace)
    {
        lock (_queueLock)
        {
            if (!_closing && _queued.Count < _queueMax)
            {
                _queued.Add(trace);
                return;
            }
        }

        Interlocked.Increment(ref _dropped);
    }

    /// <inheritdoc/>
    public PostTrace? Find(EntryId id)
    {
        lock (_queueLock)
        {
            if (Waiting().FirstOrDefault(trace => trace.Id == id) is { } waiting)
            {
                return waiting;
            }
        }

        lock (_tableLock)
        {
            return _table.Find(id);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PostTrace> Newest(int limit, bool refusedOnly)
    {
        List<PostTrace> newest;
        lock (_queueLock)
        {
            newest = [.. Waiting().Reverse().Where(trace => !refusedOnly || trace.Code is not null).Take(limit)];
        }

        lock (_tableLock)
        {
            newest.AddRange(_table.Newest(limit - newest.Count, refusedOnly));
        }

        // Between the two looks a trace may have come into the table: it is in both.
        return [.. newest.DistinctBy(trace => trace.Id)];
    }

    /// <summary>Erases the traces of entries, those that wait included.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    internal void Erase(IReadOnlyList<EntryId> entries)
    {
        var erased = entries.ToHashSet();
        lock (_tableLock)
        {
            lock (_queueLock)
            {
                _queued.RemoveAll(trace => erased.Contains(trace.Id));
                _writing.RemoveAll(trace => erased.Contains(trace.Id));
            }

            _table.Erase(entries);
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_queueLock)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        await _timer.DisposeAsync();
        _due.Release();
        await _ended.Task;
        _table.Dispose();
        _due.Dispose();
    }

    private IEnumerable<PostTrace> Waiting() => _writing.Concat(_queued);

    private void Wake()
    {
        lock (_queueLock)
        {
            if (!_closing && _queued.Count > 0 && _due.CurrentCount == 0)
            {
                _due.Release();
            }
        }
    }

    private void WriteUntilClosed()
    {
        while (true)
        {
            _due.Wait();
            WriteWaiting();
            lock (_queueLock)
            {
                if (_closing && _queued.Count == 0)
                {
                    break;
                }
            }
        }

        _ended.SetResult();
    }

    private void WriteWaiting()
    {
        lock (_queueLock)
        {
            (_writing, _queued) = (_queued, _writing);
        }

        try
        {
            lock (_tableLock)
            {
                _table.Write(_writing);
            }
        }
        catch (SqliteException failure)
        {
            Interlocked.Add(ref _dropped, _writing.Count);
            if (!_failed)
            {
                _failed = true;
                Log.TracesDropped(_logger, failure);
            }
        }

        lock (_queueLock)
        {
            _writing.Clear();
        }
    }
}
