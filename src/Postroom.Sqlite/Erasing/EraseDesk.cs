using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Erasing;

/// <summary>
/// Carries out the orders that lie in the data folder, beside the POSTs: what was cut off by the last stop or crash at
/// once, others within a second.
/// </summary>
internal sealed class EraseDesk(OrderFolder folder, Erasure erasure, TimeProvider time, ILogger logger)
    : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_receiptsKept = TimeSpan.FromHours(1);
    private bool _isTroubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops; an order that was taken is taken up again at the next start.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            while (folder.Take() is { } taken)
            {
                if (!await CarryOutAsync(taken.Name, taken.Order, stop))
                {
                    return;
                }
            }

            folder.Clear(time.GetUtcNow() - s_receiptsKept);
            _isTroubled = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            if (!_isTroubled)
            {
                Log.OrdersUnusable(logger, failure);
            }

            _isTroubled = true;
        }
    }

    /// <summary>False when it has to be tried again later.</summary>
    private async Task<bool> CarryOutAsync(string name, EraseOrder? order, CancellationToken stop)
    {
        if (order is null)
        {
            Log.OrderUnread(logger, name);
            return true;
        }

        if (await erasure.RunAsync(order, progress => folder.Report(name, progress), stop) is not { } receipt)
        {
            if (!_isTroubled)
            {
                Log.OrderPutOff(logger, name);
            }

            _isTroubled = true;
            return false;
        }

        folder.Finish(name, receipt);
        Log.OrderDone(logger, name, receipt.Entries, receipt.Files);
        return true;
    }
}
