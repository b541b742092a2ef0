using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Delivery;

/// <summary>
/// Runs what follows: leases due jobs, runs each outside any transaction, and settles it under the lease's fencing
/// number, so that a worker that was too slow cannot settle what another has taken over.
/// </summary>
internal sealed partial class JobWorker(
    IPostStore store, IFileStore files, JobRegistry registry, IServiceScopeFactory scopes, TimeProvider time,
    EntropySource entropy, ILogger<JobWorker> logger) : BackgroundService, IJobSignal
{
    private const int RunningMax = 16;
    private const int ErrorMax = 2000;
    private static readonly TimeSpan AttemptMax = TimeSpan.FromMinutes(5);

    // Longer than an attempt may take, so that one that is given up is settled before anybody else may lease it.
    private static readonly TimeSpan Lease = AttemptMax + TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly List<Task> _running = [];
    private volatile bool _isFull;

    public void Ready()
    {
        if (_ready.CurrentCount == 0)
        {
            try
            {
                _ready.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another POST has just said so.
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !store.Poisoned.IsCancellationRequested)
        {
            try
            {
                if (!await TryBeginAsync(stoppingToken))
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // One failure must not end all that follows for as long as the server runs.
                Log.WorkerFailed(logger, exception);
                await WaitAsync(stoppingToken);
            }
        }

        await Task.WhenAll(_running);
    }

    /// <summary>
    /// Leases and begins what is due, as much as there is room for. A slow job keeps its own place only.
    /// </summary>
    private async Task<bool> TryBeginAsync(CancellationToken stop)
    {
        _running.RemoveAll(task => task.IsCompleted);
        var room = RunningMax - _running.Count;
        _isFull = room == 0;
        if (room == 0)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var due = await store.ClaimJobsAsync(
            now.ToUnixTimeMilliseconds(), (now + Lease).ToUnixTimeMilliseconds(), room);
        _running.AddRange(due.Select(job => RunAsync(job, stop)));
        return due.Count > 0;
    }

    private async Task RunAsync(Job job, CancellationToken stop)
    {
        // The caller goes on to lease and begin others.
        await Task.Yield();
        using var expiry = new CancellationTokenSource(AttemptMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, stop);
        var error = await EndOfAsync(job, AttemptAsync(job, both.Token), expiry.Token);
        await store.CommitAsync(new PostUnit
        {
            Guards = [new JobLeased(job.Number, job.Claim)],
            Writes = [error is not null && stop.IsCancellationRequested ? GiveBack(job) : Settle(job, error)],
        });
        if (_isFull)
        {
            Ready();
        }
    }

    /// <summary>
    /// Code that does not heed its cancellation is given up when its time is over, and may run on unheard.
    /// </summary>
    private async Task<string?> EndOfAsync(Job job, Task<string?> attempt, CancellationToken expiry)
    {
        try
        {
            return await attempt.WaitAsync(expiry);
        }
        catch (OperationCanceledException)
        {
            Log.AttemptOverdue(logger, job.Attempts, job.Name, job.Entry);
            return $"The attempt did not end within {AttemptMax.TotalMinutes} minutes.";
        }
    }

    private async Task<string?> AttemptAsync(Job job, CancellationToken cancel)
    {
        try
        {
            if (registry.Find(job.Name) is not { } work)
            {
                return $"No code is registered for \"{job.Name}\".";
            }

            if (Find(job.Entry) is not { } entry)
            {
                return null;
            }

            await using var scope = scopes.CreateAsyncScope();
            var given = new PostJob(job, PostFile.Of(entry.Files, files), scope.ServiceProvider);
            await work.RunAsync(entry.Document, given, cancel);
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return "The attempt was interrupted.";
        }
        catch (Exception exception)
        {
            Log.AttemptFailed(logger, exception, job.Name, job.Entry, job.Attempts);
            var text = $"{exception.GetType().Name}: {exception.Message}";
            return text.Length <= ErrorMax ? text : text[..ErrorMax];
        }
    }

    private Entry? Find(EntryId id)
    {
        using var reader = store.Read();
        return reader.FindEntry(id);
    }

    /// <summary>Stopping is no failure of the job: the next start takes it up at once.</summary>
    private SettleJob GiveBack(Job job) =>
        new(job.Number, JobState.Ready, time.GetUtcNow().ToUnixTimeMilliseconds(), job.Error);

    private SettleJob Settle(Job job, string? error)
    {
        if (error is null)
        {
            return new SettleJob(job.Number, JobState.Done, 0, null);
        }

        return JobSchedule.After(job.Attempts, entropy.NextUInt64()) is { } pause
            ? new SettleJob(job.Number, JobState.Ready, (time.GetUtcNow() + pause).ToUnixTimeMilliseconds(), error)
            : new SettleJob(job.Number, JobState.Dead, 0, error);
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var poll = new CancellationTokenSource(Poll, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stop);
        try
        {
            await _ready.WaitAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, in case a signal was lost with a crash, or time to stop.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Warning, "Attempt {Attempt} at {Job} for {Entry} failed.")]
        public static partial void AttemptFailed(
            ILogger logger, Exception exception, string job, EntryId entry, int attempt);

        [LoggerMessage(305, LogLevel.Warning, "Attempt {Attempt} at {Job} for {Entry} did not end in time.")]
        public static partial void AttemptOverdue(ILogger logger, int attempt, string job, EntryId entry);

        [LoggerMessage(304, LogLevel.Error, "Looking for work that is due failed. It is tried again in two seconds.")]
        public static partial void WorkerFailed(ILogger logger, Exception exception);
    }
}
