using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>What becomes of units whose connection is lost on the way.</summary>
public sealed class LostConnectionTests(PostgresServer server) : EngineTest(server)
{
    [Fact]
    public async Task A_connection_that_is_lost_before_the_commit_costs_nothing()
    {
        Options = Options with { Fault = new StoreFault { BeforeCommit = EndBackendAsync } };
        var store = await OpenAsync();
        var entry = NewEntry(store, "k");

        var outcome = await store.CommitAsync(Sample.Keyed(entry, Now));

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(entry.Id, Assert.Single(List(store)).Id);
    }

    [Theory]
    [InlineData("k")]
    [InlineData(null)]
    public async Task A_commit_whose_end_is_lost_is_looked_up_and_not_done_again(string? key)
    {
        Options = Options with
        {
            Fault = new StoreFault { AfterCommit = _ => throw new IOException("The network is gone.") },
        };
        var store = await OpenAsync();
        var entry = NewEntry(store, key);

        var outcome = await store.CommitAsync(
            Sample.Unit(new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now)));

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(entry.Id, Assert.Single(List(store)).Id);
        using var reader = store.Read();
        Assert.Single(reader.ListJobs(entry.Id));
    }

    [Fact]
    public async Task A_commit_whose_end_nobody_can_tell_is_unknown_and_never_failed()
    {
        Options = Options with
        {
            ResolveWait = TimeSpan.Zero,
            Fault = new StoreFault
            {
                AfterCommit = async _ =>
                {
                    await RunAsync("ALTER TABLE store.writers RENAME TO hidden");
                    throw new IOException("The network is gone.");
                },
            },
        };
        var store = await OpenAsync();

        var outcome = await store.CommitAsync(Sample.Keyed(NewEntry(store, "k"), Now));
        await RunAsync("ALTER TABLE store.hidden RENAME TO writers");

        Assert.Equal(UnitVerdict.Unknown, outcome.Verdict);
        Assert.Equal(
            UnitVerdict.Duplicate, (await store.CommitAsync(Sample.Keyed(NewEntry(store, "k"), Now))).Verdict);
    }

    [Fact]
    public async Task A_start_without_a_server_says_where_it_looked_and_not_how_it_signs_in()
    {
        Options = Options with { ConnectionString = "Host=127.0.0.1;Port=1;Username=ada;Password=secret;Timeout=1" };

        var failure = await Assert.ThrowsAsync<PostgresStartException>(() => OpenAsync());

        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }
}
