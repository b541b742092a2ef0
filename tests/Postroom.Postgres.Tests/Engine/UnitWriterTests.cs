using Postroom.Postgres.Records;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Writers that wait for the same queue.</summary>
public sealed class UnitWriterTests
{
    // With no server there, whatever is asked is heard of.
    private const string Nowhere = "Host=127.0.0.1;Port=1;Timeout=1";

    [Fact]
    public async Task A_writer_that_was_woken_for_what_another_took_asks_nothing_of_the_database()
    {
        await using var database = new Database(
            NpgsqlDataSource.Create(Nowhere), NpgsqlDataSource.Create(Nowhere), "store");
        var options = new PostgresStoreOptions { ConnectionString = Nowhere };
        var logger = new CountingLogger();
        var runner = new BatchRunner(
            database, new RecordShapes(database), options, new FakeTime(), new SeededEntropy(1), logger);

        using var line = new WaitingLine<UnitWork>(new TakenReader());
        await new UnitWriter(line, new UnitQueue(1, 1), runner, 1, options.QueueWait, logger).RunAsync();

        Assert.Equal(0, logger.Count);
    }

    [Fact]
    public async Task A_unit_that_has_waited_for_too_long_is_told_to_come_again_and_asks_nothing_of_the_database()
    {
        await using var database = new Database(
            NpgsqlDataSource.Create(Nowhere), NpgsqlDataSource.Create(Nowhere), "store");
        var options = new PostgresStoreOptions { ConnectionString = Nowhere };
        var logger = new CountingLogger();
        var runner = new BatchRunner(
            database, new RecordShapes(database), options, new FakeTime(), new SeededEntropy(1), logger);
        var work = new UnitWork(Sample.Unit());
        var waiting = Channel.CreateUnbounded<UnitWork>();
        Assert.True(waiting.Writer.TryWrite(work));
        waiting.Writer.Complete();

        using var line = new WaitingLine<UnitWork>(waiting.Reader);
        await new UnitWriter(line, new UnitQueue(1, 1), runner, 1, TimeSpan.FromTicks(-1), logger).RunAsync();

        Assert.Equal(UnitVerdict.Busy, (await work.Task).Verdict);
        Assert.Equal(0, logger.Count);
    }

    private sealed class TakenReader : ChannelReader<UnitWork>
    {
        private int _woken;

        public override bool TryRead([MaybeNullWhen(false)] out UnitWork item)
        {
            item = null;
            return false;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
            new(Interlocked.Increment(ref _woken) == 1);
    }

    private sealed class CountingLogger : ILogger
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Count++;
    }
}
