using Microsoft.Extensions.Logging;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>The queue, and the writers that empty it: several for plain units, one for units with statements.</summary>
internal sealed class UnitWriters
{
    private readonly UnitQueue _queue;
    private readonly Task _ended;

    public UnitWriters(
        Database database, PostgresStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger)
    {
        _queue = new UnitQueue(options.QueueMax, options.QueueBytesMax);
        var plain = Enumerable.Range(0, options.Writers)
            .Select(_ => new UnitWriter(_queue.Plain, _queue, Runner(), options.BatchMax, logger));
        var alone = new UnitWriter(_queue.Alone, _queue, Runner(), 1, logger);
        _ended = Task.WhenAll(plain.Append(alone).Select(writer => Task.Run(writer.RunAsync)));

        BatchRunner Runner() => new(database, options, time, entropy, logger);
    }

    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit) => _queue.AddAsync(unit);

    /// <summary>Ends when everything that waited has been done.</summary>
    public Task CloseAsync()
    {
        _queue.Close();
        return _ended;
    }
}
