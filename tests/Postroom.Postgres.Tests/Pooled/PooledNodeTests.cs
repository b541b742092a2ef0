using Microsoft.Extensions.Logging;
using Postroom.Postgres.Tests.Chaos;
using Postroom.Sqlite.Tests;

namespace Postroom.Postgres.Tests.Pooled;

/// <summary>Nodes behind PgBouncer in transaction mode.</summary>
[Collection(ChaosCollection.Name)]
public sealed class PooledNodeTests(PgBouncer pooler) : IClassFixture<PgBouncer>
{
    [Fact]
    public async Task Three_nodes_behind_a_pooler_store_each_post_once()
    {
        await using var fleet = await Fleet.StartAsync(await pooler.NewDatabaseAsync("pooled"));

        await fleet.PostAsync(200);

        await fleet.AssertSoundAsync();
    }

    [Fact]
    public async Task A_node_says_once_that_it_does_not_hear_of_others_jobs()
    {
        var logger = new Lines();
        await using var store = await PostgresPostStore.OpenAsync(
            pooler.NewStore(), new FakeTime(), new SeededEntropy(1), logger, TestContext.Current.CancellationToken);

        store.WhenJobsCome(() => Assert.Fail("Nothing can be heard."));

        Assert.Single(logger.Written, line => line.Contains("LISTEN", StringComparison.Ordinal));
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
