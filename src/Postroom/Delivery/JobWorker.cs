using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Delivery;

/// <summary>
/// Runs what follows: leases due jobs, runs each outside any transaction, and settles it under the lease's fencing number,
/// so that a worker that was too slow cannot settle what another has taken over.
/// </summary>
internal sealed partial class JobWorker(
    IPostStore store, JobRegistry registry, IServiceScopeFactory scopes, TimeProvider time, EntropySource entropy,
    ILogger<JobWorker> logger) : BackgroundService, IJobSignal
{
    private const int BatchMax = 16;
    private const int ErrorMax = 2000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _ready = new(0, 1);

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
                if (await RunDueAsync(stoppingToken) == 0)
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Leases and runs what is due now; returns how many jobs that were.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var due = await store.ClaimJobsAsync(
            now.ToUnixTimeMilliseconds(), (now + Lease).ToUnixTimeMilliseconds(), BatchMax);
        await Task.WhenAll(due.Select(job => RunAsync(job, cancel)));
        return due.Count;
    }

    private async Task RunAsync(Job job, CancellationToken cancel)
    {
        using var expiry = new CancellationTokenSource(Lease, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancel);
        var error = await AttemptAsync(job, both.Token);
        if (error is not null && cancel.IsCancellationRequested)
        {
            // Stopping is no failure of the job: its lease ends, and the next start takes it up.
            return;
        }

        await store.CommitAsync(new PostUnit
        {
            Guards = [new JobLeased(job.Number, job.Claim)],
            Writes = [Settle(job, error)],
        });
    }

    private async Task<string?> AttemptAsync(Job job, CancellationToken cancel)
    {
        try
        {
            if (registry.Find(job.Name) is not { } work)
            {
                return $"No code is registered for \"{job.Name}\".";
            }

            ReadOnlyMemory<byte> document;
            using (var reader = store.Read())
            {
                if (reader.FindEntry(job.Entry) is not { } entry)
                {
                    return null;
                }

                document = entry.Document;
            }

            await using var scope = scopes.CreateAsyncScope();
            await work.RunAsync(document, new PostJob(job, scope.ServiceProvider), cancel);
            return null;
        }
        catch (Exception exception)
        {
            Log.AttemptFailed(logger, exception, job.Name, job.Entry, job.Attempts);
            var text = $"{exception.GetType().Name}: {exception.Message}";
            return text.Length <= ErrorMax ? text : text[..ErrorMax];
        }
    }

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
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Time to look, in case a signal was lost with a crash.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Warning, "Attempt {Attempt} at {Job} for {Entry} failed.")]
        public static partial void AttemptFailed(ILogger logger, Exception exception, string job, EntryId entry, int attempt);
    }
}
