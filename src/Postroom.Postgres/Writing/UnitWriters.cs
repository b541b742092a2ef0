using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Postroom.Postgres.Records;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>The queue, and the writers that empty it: several for plain units, one for units with statements.</summary>
internal sealed class UnitWriters
{
    private readonly UnitQueue _queue;
    private readonly Task _ended;

    public UnitWriters(
        Database database, RecordShapes shapes, PostgresStoreOptions options, TimeProvider time, EntropySource entropy,
        ILogger logger)
    {
        _queue = new UnitQueue(options.QueueMax, options.QueueBytesMax);
        _ended = Task.WhenAll(RunAsync(_queue.Plain, options.Writers, options.BatchMax), RunAsync(_queue.Alone, 1, 1));

        async Task RunAsync(ChannelReader<UnitWork> works, int writers, int max)
        {
            using var line = new WaitingLine<UnitWork>(works);
            await Task.WhenAll(Enumerable.Range(0, writers)
                .Select(_ => new BatchRunner(database, shapes, options, time, entropy, logger))
                .Select(runner => new UnitWriter(line, _queue, runner, max, options.QueueWait, logger))
                .Select(writer => Task.Run(writer.RunAsync)));
        }
    }

    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit) => _queue.AddAsync(unit);

    /// <summary>Ends when everything that waited has been done.</summary>
    public Task CloseAsync()
    {
        _queue.Close();
        return _ended;
    }
}
