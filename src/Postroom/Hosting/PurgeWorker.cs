using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Clears what has ended, once a minute: answers of expired keys, entries beyond their time with their files, finished
/// jobs, records that were held and never confirmed, old changes of records; and now and then files that no entry
/// names.
/// </summary>
internal sealed partial class PurgeWorker(
    IPostStore store, IFileStore files, PlanTable plans, Quarantine quarantine, TimeProvider time,
    ILogger<PurgeWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan JobsKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan HoldsKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan ChangesKept = TimeSpan.FromDays(7);
    private readonly FileSweep _sweep = new(store, files, time);
    private readonly UploadSweep _uploads = new(store, files, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (!store.Poisoned.IsCancellationRequested && await NextAsync(timer, stoppingToken))
        {
            await PurgeAsync(stoppingToken);
        }
    }

    private async ValueTask PurgeAsync(CancellationToken stop)
    {
        try
        {
            await quarantine.ExpireAsync(plans.Plans);
            await ClearAsync(stop);
            var uploads = await _uploads.RunAsync(stop);
            if (uploads > 0)
            {
                Log.UploadsEnded(logger, uploads);
            }

            var swept = await _sweep.RunAsync(stop);
            if (swept > 0)
            {
                Log.Swept(logger, swept);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // One failure must not end retention for as long as the server runs.
            Log.Failed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The server stops; what is left is cleared after the next start.
        }
    }

    private async ValueTask ClearAsync(CancellationToken stop)
    {
        var removed = new ConcurrentQueue<EntryId>();
        try
        {
            var report = await store.PurgeAsync(Order() with { FileRemoved = removed.Enqueue }, stop);
            if (report.Entries > 0)
            {
                Log.Purged(logger, report.Entries, report.Answers, report.Jobs);
            }

            if (report.Records > 0)
            {
                Log.HoldsEnded(logger, report.Records);
            }
        }
        finally
        {
            foreach (var file in removed)
            {
                await files.DeleteAsync(file);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    internal PurgeOrder Order()
    {
        var now = time.GetUtcNow();
        return new PurgeOrder
        {
            Now = now.ToUnixTimeMilliseconds(),
            DeleteBefore = plans.Plans
                .Where(plan => plan.Declaration.Retention is not null)
                .ToDictionary(
                    plan => plan.Path, plan => (now - plan.Declaration.Retention!.Value).ToUnixTimeMilliseconds()),
            BytesMax = plans.StorageBytesMax,
            JobsDoneBefore = (now - JobsKept).ToUnixTimeMilliseconds(),
            HoldsEndedBefore = (now - HoldsKept).ToUnixTimeMilliseconds(),
            ChangesBefore = (now - ChangesKept).ToUnixTimeMilliseconds(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(302, LogLevel.Information,
            "Retention: {Entries} entries, {Answers} answers and {Jobs} jobs were cleared.")]
        public static partial void Purged(ILogger logger, long entries, long answers, long jobs);

        [LoggerMessage(307, LogLevel.Information, "{Records} records that were held and not confirmed were removed.")]
        public static partial void HoldsEnded(ILogger logger, long records);

        [LoggerMessage(306, LogLevel.Information, "{Files} files that no entry names were removed.")]
        public static partial void Swept(ILogger logger, int files);

        [LoggerMessage(307, LogLevel.Information, "{Uploads} uploads that had ended were removed.")]
        public static partial void UploadsEnded(ILogger logger, int uploads);

        [LoggerMessage(303, LogLevel.Error, "Retention failed. It is tried again in a minute.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
