using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// The one thread that writes: it takes what waits, commits it, hands the ends to pool threads, and checkpoints between
/// batches. It never waits for a batch to grow.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly WriterSession _session;
    private readonly Checkpointer _checkpointer;
    private readonly BatchRunner _runner;
    private readonly BatchPool _batches;
    private readonly WorkQueue _queue;
    private readonly IStoreProbe? _probe;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _poisoned = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private TaskCompletionSource<bool>? _emptiesLog;
    private bool _isBroken;

    public StoreWriter(WriterSession session, Checkpointer checkpointer, SqliteStoreOptions options, ILogger logger)
    {
        _session = session;
        _checkpointer = checkpointer;
        _probe = options.Probe;
        _logger = logger;
        _queue = new WorkQueue(options.QueueMax, options.QueueBytesMax);
        _batches = new BatchPool(options.Probe);
        _runner = new BatchRunner(session, options.Probe, options.Fault) { OnFull = checkpointer.Run };
        _thread = new Thread(Work) { Name = "postroom-writer", IsBackground = true };
    }

    /// <summary>Is cancelled, on a pool thread, when the disk has failed.</summary>
    public CancellationToken Poisoned => _poisoned.Token;

    /// <summary>Ends when the thread has.</summary>
    public Task Ended => _ended.Task;

    public void Start() => _thread.Start();

    /// <summary>Queues a unit.</summary>
    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        if (Volatile.Read(ref _isBroken))
        {
            return new ValueTask<UnitOutcome>(UnitOutcome.Unknown);
        }

        var work = UnitWork.Rent(unit);
        var promise = work.Task;
        if (_queue.TryAdd(work) is { } refused)
        {
            work.Return();
            return new ValueTask<UnitOutcome>(refused);
        }

        _probe?.Reached(StorePoints.UnitQueued);
        return promise;
    }

    /// <summary>Queues work of the store's own; its result is null when it had no effect.</summary>
    public Task<T?> RunAsync<T>(Func<WriterSession, T> run)
        where T : class
    {
        var work = new OwnWork<T>(run);
        return _queue.AddOwn(work) ? work.Task : Task.FromResult<T?>(null);
    }

    /// <summary>
    /// Has the log's file emptied after the next batch; false when a reader still needs it, or the disk has failed. One
    /// caller at a time.
    /// </summary>
    public async Task<bool> EmptyLogAsync()
    {
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _emptiesLog, asked);

        // The writer looks for it when a batch has ended, so it is given one.
        return await RunAsync(_ => asked) is not null && await asked.Task;
    }

    /// <summary>Lets nothing more in; the thread ends when it has done what waits.</summary>
    public void Close() => _queue.Close();

    public void Dispose()
    {
        _queue.Dispose();
        _poisoned.Dispose();
    }

    private void Work()
    {
        try
        {
            while (!_queue.IsClosing)
            {
                if (_queue.TakeAll() is { } works)
                {
                    RunAll(works);
                }
                else
                {
                    _queue.Sleep();
                }
            }

            RunAll(_queue.TakeLast());
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            // A bug of ours: what waits for an answer gets the only true one, and the host is asked to stop.
            Break(failure);
            EndAll(_queue.TakeLast());
            _ended.SetResult();
        }
    }

    private void RunAll(Work? works)
    {
        while (works is not null)
        {
            var batch = _batches.Rent();
            while (works is not null && !batch.IsFull)
            {
                batch.Add(works);
                works = works.Next;
            }

            _queue.Began(batch.Count, batch.Bytes);
            Run(batch);
        }
    }

    private void Run(Batch batch)
    {
        if (!_isBroken)
        {
            try
            {
                _runner.Run(batch.Works);
            }
            catch (Exception failure)
            {
                Break(failure);
            }
        }

        if (_isBroken)
        {
            SettleUnknown(batch);
        }

        _probe?.Reached(StorePoints.BeforeAcknowledge);
        batch.Release();
        CheckpointIfDue();
    }

    private void CheckpointIfDue()
    {
        var asked = Interlocked.Exchange(ref _emptiesLog, null);
        var isEmpty = false;
        try
        {
            if (!_isBroken && asked is not null)
            {
                isEmpty = _checkpointer.TryEmpty();
            }
            else if (!_isBroken)
            {
                _checkpointer.RunIfDue();
            }
        }
        catch (SqliteException failure)
        {
            Break(failure);
        }

        asked?.SetResult(isEmpty);
    }

    private void Break(Exception failure)
    {
        Volatile.Write(ref _isBroken, true);
        _session.ForbidCheckpointOnClose();
        Log.Poisoned(_logger, failure);

        // Whoever listens runs on the pool: the writer still has callers to answer.
        _ = _poisoned.CancelAsync();
    }

    private static void SettleUnknown(Batch batch)
    {
        foreach (var work in batch.Works)
        {
            work?.Settle(UnitOutcome.Unknown);
        }
    }

    private void EndAll(Work? works)
    {
        while (works is not null)
        {
            var batch = _batches.Rent();
            while (works is not null && !batch.IsFull)
            {
                batch.Add(works);
                works = works.Next;
            }

            SettleUnknown(batch);
            batch.Release();
        }
    }
}
