using Npgsql;
using NpgsqlTypes;
using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>What holds between nodes that share one database.</summary>
public sealed class NodeTests(PostgresServer server) : EngineTest(server)
{
    [Fact]
    public async Task The_same_key_at_three_nodes_at_once_has_one_effect_and_one_answer()
    {
        const int Keys = 100;
        PostgresPostStore[] nodes = [await OpenAsync(), await OpenAsync(), await OpenAsync()];

        var outcomes = await Task.WhenAll(
            from key in Enumerable.Range(0, Keys)
            from node in nodes
            select CommitAsync(node, $"k{key}"));

        Assert.Equal(Keys, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(2 * Keys, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Duplicate));
        var entries = List(nodes[0]);
        Assert.Equal(Keys, entries.Count);
        var answers = outcomes.Where(outcome => outcome.Match is not null).Select(outcome => outcome.Match!.Id);
        Assert.Subset(entries.Select(entry => entry.Id).ToHashSet(), answers.ToHashSet());
    }

    [Fact]
    public async Task A_key_that_has_ended_is_taken_again_by_one_node_alone()
    {
        PostgresPostStore[] nodes = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        await CommitAsync(nodes[0], "k");
        Time.Advance(TimeSpan.FromDays(2));

        var outcomes = await Task.WhenAll(nodes.SelectMany(
            node => Enumerable.Range(0, 20).Select(_ => CommitAsync(node, "k"))));

        Assert.Single(outcomes, outcome => outcome.Verdict == UnitVerdict.Committed);
        Assert.Equal(2, List(nodes[0]).Count);
    }

    [Fact]
    public async Task Of_three_nodes_with_room_for_ten_ten_are_counted()
    {
        PostgresPostStore[] nodes = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        var outcomes = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 30).Select(_ =>
            node.CommitAsync(Sample.Unit(
                new CountBelow(Sample.Contact, 0, 0, 10),
                new InsertEntry(NewEntry(node)),
                new CountEntry(Sample.Contact, 0, 0))).AsTask())));

        Assert.Equal(10, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(10, List(nodes[0]).Count);
    }

    [Fact]
    public async Task Rows_of_different_nodes_differ_in_the_same_millisecond()
    {
        PostgresPostStore[] nodes = [await OpenAsync(), await OpenAsync(), await OpenAsync()];

        var rows = nodes.SelectMany(node => Enumerable.Range(0, 200).Select(_ => node.Ids.Next().Row)).ToList();

        Assert.Equal(600, rows.Distinct().Count());
    }

    [Fact]
    public async Task All_nodes_sign_with_the_same_secret() =>
        Assert.Equal((await OpenAsync()).Secret.ToArray(), (await OpenAsync()).Secret.ToArray());

    [Fact]
    public async Task A_node_that_slept_past_its_lease_cannot_finish_anothers_work()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await first.CommitAsync(Sample.Unit(new InsertJob(first.Ids.Next(), "mail", Now)));
        var slept = Assert.Single(await first.ClaimJobsAsync(Now, Now + 1000, 10));
        Time.Advance(TimeSpan.FromSeconds(2));
        var taken = Assert.Single(await second.ClaimJobsAsync(Now, Now + 1000, 10));

        Assert.Equal(UnitVerdict.Refused, (await SettleAsync(first, slept)).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await SettleAsync(second, taken)).Verdict);
    }

    [Fact]
    public async Task A_lease_is_kept_from_a_node_whose_clock_is_a_day_ahead()
    {
        Options = Options with { LeasesByServerClock = true };
        var ahead = new FakeTime();
        ahead.Advance(TimeSpan.FromDays(1));
        var (first, second) = (await OpenAsync(), await OpenAsync(ahead));
        await first.CommitAsync(Sample.Unit(new InsertJob(first.Ids.Next(), "mail", Now)));

        Assert.Single(await first.ClaimJobsAsync(Now, Now + 60_000, 10));

        var then = ahead.Milliseconds;
        Assert.Empty(await second.ClaimJobsAsync(then, then + 60_000, 10));
    }

    [Fact]
    public async Task A_node_that_sleeps_within_a_commit_holds_a_key_for_a_while_only_and_wakes_to_a_repeat()
    {
        var asleep = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wakes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awake = Options with { LockWait = TimeSpan.FromMilliseconds(300) };
        Options = awake with
        {
            Fault = new StoreFault
            {
                BeforeCommit = async _ =>
                {
                    asleep.SetResult();
                    await wakes.Task;
                },
            },
        };
        var first = await OpenAsync();
        Options = awake;
        var second = await OpenAsync();
        var sleeping = TakeAsync(first, "one");
        await asleep.Task;

        // How often the other is busy before the server ends the sleeper's transaction is a matter of the machine.
        var outcome = UnitOutcome.Busy;
        try
        {
            for (var attempt = 0; attempt < 30 && outcome.Verdict == UnitVerdict.Busy; attempt++)
            {
                outcome = await TakeAsync(second, "other");
            }
        }
        finally
        {
            wakes.SetResult();
        }

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        var woken = await sleeping;
        Assert.Equal(UnitVerdict.Duplicate, woken.Verdict);
        Assert.Equal(Assert.Single(List(second)).Id, woken.Match!.Id);
        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM store.tokens"));
    }

    [Fact]
    public async Task A_node_that_sleeps_while_it_sends_holds_a_key_for_a_while_only()
    {
        Options = Options with { LockWait = TimeSpan.FromMilliseconds(300) };
        var store = await OpenAsync();
        await using var stalled = new StalledStream();
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            Timeout = 0,
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand(Sql("INSERT INTO store.writers VALUES (gen_random_uuid(), gen_random_uuid())")),
                new NpgsqlBatchCommand(Sql("INSERT INTO store.keys VALUES ($1, 1, 1)"))
                {
                    Parameters = { new NpgsqlParameter { Value = Uuids.Of(NewEntry(store, "k").Key) } },
                },
                new NpgsqlBatchCommand("SELECT length($1)")
                {
                    Parameters = { new NpgsqlParameter { Value = stalled, NpgsqlDbType = NpgsqlDbType.Bytea } },
                },
            },
        };
        var sending = batch.ExecuteNonQueryAsync();
        await stalled.Begun;

        var outcome = UnitOutcome.Busy;
        for (var attempt = 0; attempt < 30 && outcome.Verdict == UnitVerdict.Busy; attempt++)
        {
            outcome = await CommitAsync(store, "k");
        }

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        stalled.End();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    // An entry under a key and with a secret of its own: what the sleeper claimed of either must go.
    private async Task<UnitOutcome> TakeAsync(PostgresPostStore node, string secret)
    {
        var entry = NewEntry(node, "k");
        return await node.CommitAsync(new PostUnit
        {
            Guards = [new KeyFree(entry.Key, entry.Fingerprint, Now), new TokenUnused(Sample.Key(secret))],
            Writes = [new InsertEntry(entry), new UseToken(Sample.Key(secret), Now + Sample.Day)],
        });
    }

    private async Task<UnitOutcome> CommitAsync(PostgresPostStore node, string key) =>
        await node.CommitAsync(Sample.Keyed(NewEntry(node, key), Now));

    private static async Task<UnitOutcome> SettleAsync(PostgresPostStore node, Job job) => await node.CommitAsync(
        Sample.Unit(new JobLeased(job.Number, job.Claim), new SettleJob(job.Number, JobState.Done, 0, null)));
}
