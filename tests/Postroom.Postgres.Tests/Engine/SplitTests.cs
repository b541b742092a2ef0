using Npgsql;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>No unit answers for another that is in the same batch.</summary>
public sealed class SplitTests(PostgresServer server) : EngineTest(server)
{
    [Fact]
    public async Task A_unit_that_the_server_rejects_fails_alone()
    {
        var store = await OpenAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => store.CommitAsync(
            Sample.Keyed(NewEntry(store, $"k{i}") with { Owner = i == 17 ? "a\0b" : "ada" }, Now)).AsTask()));

        Assert.Equal(UnitVerdict.Failed, outcomes[17].Verdict);
        Assert.Equal(39, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(39, List(store).Count);
    }

    [Fact]
    public async Task A_key_that_another_transaction_holds_is_waited_for_and_then_answered_from_it()
    {
        var (store, other) = (await OpenAsync(), await OpenAsync());
        var entry = NewEntry(other, "k");
        await using var connection = await BeginAsync(entry);

        var waiting = store.CommitAsync(Sample.Keyed(NewEntry(store, "k"), Now)).AsTask();
        await WaitForLockAsync();
        await ExecuteAsync(connection, "ROLLBACK");

        Assert.Equal(UnitVerdict.Committed, (await waiting).Verdict);
    }

    [Fact]
    public async Task Units_whose_rows_are_held_for_too_long_are_busy_and_those_beside_them_are_committed()
    {
        Options = Options with { LockWait = TimeSpan.FromMilliseconds(20), Writers = 1 };
        var store = await OpenAsync();
        await using var connection = await BeginAsync(NewEntry(store, "k5"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => store.CommitAsync(Sample.Keyed(NewEntry(store, $"k{i}"), Now)).AsTask()));

        Assert.Equal(UnitVerdict.Busy, outcomes[5].Verdict);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        await ExecuteAsync(connection, "ROLLBACK");
        Assert.Equal(
            UnitVerdict.Committed, (await store.CommitAsync(Sample.Keyed(NewEntry(store, "k5"), Now))).Verdict);
    }

    [Fact]
    public async Task What_a_batch_claimed_that_met_a_bug_is_not_committed_by_the_next()
    {
        Options = Options with
        {
            Writers = 1,
            Fault = new StoreFault { BeforeCommit = _ => throw new InvalidOperationException("A bug.") },
        };
        var store = await OpenAsync();

        var met = await UseAsync(store, "secret");
        var next = await UseAsync(store, "other");
        var again = await UseAsync(store, "secret");

        Assert.Equal(
            (UnitVerdict.Unknown, UnitVerdict.Committed, UnitVerdict.Committed),
            (met.Verdict, next.Verdict, again.Verdict));
        Assert.Equal(2, List(store).Count);
    }

    private async Task<UnitOutcome> UseAsync(PostgresPostStore store, string secret) => await store.CommitAsync(
        Sample.Unit(
            new TokenUnused(Sample.Key(secret)),
            new InsertEntry(NewEntry(store)),
            new UseToken(Sample.Key(secret), Now + Sample.Day)));

    /// <summary>A transaction of somebody else's that has claimed the entry's key.</summary>
    private async Task<NpgsqlConnection> BeginAsync(Entry entry)
    {
        var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(
            connection,
            $"BEGIN; INSERT INTO store.keys VALUES ('{Uuids.Of(entry.Key)}', {entry.Id.Row}, {entry.ExpiresAt})");
        return connection;
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(Sql(sql), connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task WaitForLockAsync()
    {
        while ((long)(await RunAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            + $"AND query LIKE '%{Options.Schema}.keys%'"))! == 0)
        {
            await Task.Yield();
        }
    }
}
