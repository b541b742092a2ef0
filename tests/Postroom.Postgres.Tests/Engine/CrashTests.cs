using Postroom.Postgres.Tests.Conformance;
using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>A server of its own that crashes under load.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private readonly FakeTime _time = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_was_acknowledged_outlives_a_crash_of_the_server_and_a_repeat_does_nothing_twice()
    {
        const int Keys = 300;
        var options = _server.NewStore();
        await using PostgresPostStore first = await PostgresStore.OpenAsync(options, _time),
            second = await PostgresStore.OpenAsync(options, _time);
        var committed = 0;
        var half = new TaskCompletionSource();

        var load = Enumerable.Range(0, Keys).Select(async key =>
        {
            await Task.Yield();
            var store = key % 2 == 0 ? first : second;
            UnitOutcome outcome;
            do
            {
                outcome = await store.CommitAsync(Sample.Keyed(
                    Sample.Entry(store.Ids.Next(), _time.Milliseconds, $"k{key}"), _time.Milliseconds));
                if (key == Keys / 3)
                {
                    half.TrySetResult();
                }
            }
            while (outcome.Verdict is UnitVerdict.Busy or UnitVerdict.Unknown);
            Assert.True(outcome.Verdict is UnitVerdict.Committed or UnitVerdict.Duplicate, outcome.ToString());
            Interlocked.Increment(ref committed);
        }).ToList();
        await half.Task;
        _server.Crash();
        await Task.WhenAll(load);

        using var reader = second.Read();
        var entries = reader.ListEntries(new EntryQuery { Limit = 1000 }).Entries;
        Assert.Equal(Keys, committed);
        Assert.Equal(Keys, entries.Count);
        Assert.Equal(Keys, entries.Select(entry => entry.Key).Distinct().Count());
    }
}
