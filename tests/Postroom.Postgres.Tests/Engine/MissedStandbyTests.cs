using Postroom.Postgres.Tests.Conformance;
using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>A commit that was to wait for a standby, and was kept from it.</summary>
public sealed class MissedStandbyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_no_standby_has_is_unknown_sent_whole_or_step_by_step(bool stepByStep)
    {
        await using var server = new PostgresServer();
        var time = new FakeTime();
        await using var store = await PostgresStore.OpenAsync(server.NewStore() with { Writers = 1 }, time);
        await store.CommitAsync(Unit(stepByStep));
        await server.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        while ((string)(await server.ExecuteAsync("SHOW synchronous_standby_names"))! != "nobody")
        {
            await Task.Yield();
        }

        var committing = store.CommitAsync(Unit(stepByStep)).AsTask();
        while (!committing.IsCompleted)
        {
            await server.ExecuteAsync(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        }

        Assert.Equal(UnitVerdict.Unknown, (await committing).Verdict);
        using var reader = store.Read();
        Assert.Equal(2, Assert.Single(reader.CountEntries()).Count);
        await server.ExecuteAsync("ALTER SYSTEM RESET synchronous_standby_names");
        await server.ExecuteAsync("SELECT pg_reload_conf()");

        PostUnit Unit(bool counted)
        {
            var entry = new InsertEntry(Sample.Entry(store.Ids.Next(), time.Milliseconds));
            return counted ? Sample.Unit(entry, new CountEntry(Sample.Contact, 0, 0)) : Sample.Unit(entry);
        }
    }
}
