using Microsoft.Extensions.Logging;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// Takes what waits, as much as fits into one transaction, and has it committed. It never waits for a batch to grow:
/// while one is on its way to the disk, the next gathers.
/// </summary>
internal sealed class UnitWriter(
    WaitingLine<UnitWork> line, UnitQueue queue, BatchRunner runner, int max, TimeSpan patience, ILogger logger)
{
    private const long BytesMax = 8 * 1024 * 1024;

    private long _bytes;

    public async Task RunAsync()
    {
        var batch = new List<UnitWork>(max);
        while (true)
        {
            batch.Clear();
            _bytes = 0;
            await line.TakeAsync(batch, Fits);
            if (batch.Count == 0)
            {
                break;
            }

            TurnAway(batch);
            if (batch.Count == 0)
            {
                continue;
            }

            try
            {
                await runner.RunAsync(batch);
            }
            catch (Exception failure)
            {
                // A bug must end neither the writer nor the wait of its callers; nobody knows how far it came.
                Log.WriterFailed(logger, failure);
                Callers.Tell(batch.FindAll(work => work.TryEnd(UnitOutcome.Unknown)));
            }
        }

        await runner.DisposeAsync();
    }

    /// <summary>Who has waited for so long is better told to come again.</summary>
    private void TurnAway(List<UnitWork> batch)
    {
        if (batch.FindAll(work => work.Age > patience && work.TryEnd(UnitOutcome.Busy)) is { Count: > 0 } late)
        {
            batch.RemoveAll(late.Contains);
            Callers.Tell(late);
        }
    }

    private bool Fits(UnitWork work)
    {
        queue.Began(work);
        _bytes += work.Bytes;
        return _bytes < BytesMax;
    }
}
