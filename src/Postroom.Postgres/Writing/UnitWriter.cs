using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// Takes what waits, as much as fits into one transaction, and has it committed. It never waits for a batch to grow:
/// while one is on its way to the disk, the next gathers.
/// </summary>
internal sealed class UnitWriter(
    ChannelReader<UnitWork> works, UnitQueue queue, BatchRunner runner, int max, ILogger logger)
{
    private const long BytesMax = 8 * 1024 * 1024;

    public async Task RunAsync()
    {
        var batch = new List<UnitWork>(max);
        while (await works.WaitToReadAsync())
        {
            batch.Clear();
            Fill(batch);
            if (batch.Count == 0)
            {
                // Every writer that waits is woken, and another took it all.
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
                batch.ForEach(work => work.End(UnitOutcome.Unknown));
            }
        }

        await runner.DisposeAsync();
    }

    private void Fill(List<UnitWork> batch)
    {
        var bytes = 0L;
        while (batch.Count < max && bytes < BytesMax && works.TryRead(out var work))
        {
            queue.Began(work);
            bytes += work.Bytes;
            batch.Add(work);
        }
    }
}
