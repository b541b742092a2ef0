using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>What is sent whole, on the assumption that it is new, and what becomes of it where it is not.</summary>
public sealed class WholeBatchTests(PostgresServer server) : ProxiedTest(server)
{
    [Fact]
    public async Task What_is_new_is_committed_in_one_round_trip()
    {
        var store = await OpenWarmAsync();
        var before = Proxy.Turns;

        var outcome = await store.CommitAsync(Everything(store, "k"));

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(1, Proxy.Turns - before);
        Assert.Equal(UnitVerdict.Duplicate, (await store.CommitAsync(Everything(store, "k"))).Verdict);
    }

    [Theory]
    [InlineData("a key", UnitVerdict.Duplicate)]
    [InlineData("a key that has ended", UnitVerdict.Committed)]
    [InlineData("a secret", UnitVerdict.Refused)]
    [InlineData("a value", UnitVerdict.Refused)]
    [InlineData("a row", UnitVerdict.Failed)]
    [InlineData("a text that no column takes", UnitVerdict.Failed)]
    public async Task What_was_not_new_ends_as_it_must_and_what_is_beside_it_is_committed(
        string taken, UnitVerdict verdict)
    {
        var (store, other) = (await OpenWarmAsync(), await OpenAsync());
        await other.CommitAsync(Everything(other, "taken"));
        var first = List(other)[0];
        Time.Advance(TimeSpan.FromDays(taken == "a key that has ended" ? 2 : 0));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            store.CommitAsync(i == 7 ? Taking(store, taken, first) : Everything(store, $"new {i}")).AsTask()));

        Assert.Equal(verdict, outcomes[7].Verdict);
        Assert.All(outcomes.Where((_, i) => i != 7), one => Assert.Equal(UnitVerdict.Committed, one.Verdict));
        Assert.Equal(verdict == UnitVerdict.Duplicate ? first.Id : null, outcomes[7].Match?.Id);
        Assert.Equal(verdict == UnitVerdict.Committed ? 22 : 21, List(store).Count);
        Assert.Equal(20L, await RunAsync("SELECT count(*) FROM store.jobs"));
    }

    [Fact]
    public async Task The_same_keys_at_three_nodes_at_once_have_one_effect_each()
    {
        const int Keys = 300;
        PostgresPostStore[] nodes = [await OpenWarmAsync("1"), await OpenWarmAsync("2"), await OpenWarmAsync("3")];

        var outcomes = await Task.WhenAll(
            from key in Enumerable.Range(0, Keys)
            from node in nodes
            select node.CommitAsync(Sample.Keyed(NewEntry(node, $"k{key}"), Now)).AsTask());

        Assert.Equal(Keys, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(2 * Keys, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Duplicate));
        Assert.Equal(Keys + 3, List(nodes[0]).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(400)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public async Task A_connection_that_is_lost_while_a_batch_is_sent_costs_nothing_and_doubles_nothing(int forwarded)
    {
        var store = await OpenWarmAsync();
        var loss = new ConnectionLoss(forwarded);
        Proxy.LoseNext(loss);
        var committing = store.CommitAsync(Sample.Unit(new InsertEntry(NewEntry(store)))).AsTask();
        await loss.DeliverAsync();

        Assert.Equal(UnitVerdict.Committed, (await committing).Verdict);
        Assert.Equal(2, List(store).Count);
    }

    [Fact]
    public async Task A_batch_that_the_server_reads_long_after_its_end_was_looked_up_has_no_effect()
    {
        var store = await OpenWarmAsync();
        var loss = new ConnectionLoss(1 << 20);
        Proxy.LoseNext(loss);
        var outcome = await store.CommitAsync(Sample.Unit(new InsertJob(store.Ids.Next(), "mail", Now)));

        await loss.DeliverAsync();

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM store.jobs"));
        Assert.Equal(UnitVerdict.Committed, (await store.CommitAsync(Everything(store, "next"))).Verdict);
    }

    [Fact]
    public async Task A_writer_whose_row_is_gone_notes_its_batches_again()
    {
        var store = await OpenWarmAsync();
        await RunAsync("DELETE FROM store.writers");

        Assert.Equal(UnitVerdict.Committed, (await store.CommitAsync(Everything(store, "k"))).Verdict);

        var before = Proxy.Turns;
        Assert.Equal(UnitVerdict.Committed, (await store.CommitAsync(Everything(store, "next"))).Verdict);
        Assert.Equal(1, Proxy.Turns - before);
    }

    [Fact]
    public async Task What_the_server_refuses_at_the_commit_itself_is_not_called_committed()
    {
        var store = await OpenWarmAsync();
        await RunAsync("""
            CREATE FUNCTION store.refuse() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN IF new.owner IS NOT NULL THEN RAISE EXCEPTION ''no owners''; END IF; RETURN new; END';
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON store.entries DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION store.refuse();
            """);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.CommitAsync(
            Sample.Keyed(NewEntry(store, $"k{i}") with { Owner = i == 7 ? "ada" : null }, Now)).AsTask()));

        Assert.Equal(UnitVerdict.Failed, outcomes[7].Verdict);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(20, List(store).Count);
    }

    /// <summary>A store whose writer has committed a batch, so that the next is sent whole.</summary>
    private async Task<PostgresPostStore> OpenWarmAsync(string key = "warm")
    {
        var store = await OpenAsync();
        await store.CommitAsync(Sample.Keyed(NewEntry(store, key), Now));
        return store;
    }

    /// <summary>An entry under a key, with a job, a secret and a value of its own.</summary>
    private PostUnit Everything(PostgresPostStore store, string name)
    {
        var entry = NewEntry(store, name);
        var claim = new ClaimValue(Sample.Contact, "email", Sample.Print(name), entry.Id);
        return new PostUnit
        {
            Guards =
            [
                new KeyFree(entry.Key, entry.Fingerprint, Now), new TokenUnused(Sample.Key($"secret {name}")),
                new ValueFree(claim.Endpoint, claim.Rule, claim.Digest),
            ],
            Writes =
            [
                new InsertEntry(entry), new UseToken(Sample.Key($"secret {name}"), Now + Sample.Day), claim,
                new InsertJob(entry.Id, "mail", Now),
            ],
        };
    }

    /// <summary>What only one may take, taken once more.</summary>
    private PostUnit Taking(PostgresPostStore store, string taken, Entry first)
    {
        var (entry, secret) = (NewEntry(store), Sample.Key("secret taken"));
        var claim = new ClaimValue(Sample.Contact, "email", Sample.Print("taken"), entry.Id);
        return taken switch
        {
            "a secret" => Sample.Unit(
                new TokenUnused(secret), new InsertEntry(entry), new UseToken(secret, Now + Sample.Day)),
            "a value" => Sample.Unit(
                new ValueFree(claim.Endpoint, claim.Rule, claim.Digest), new InsertEntry(entry), claim),
            "a row" => Sample.Unit(new InsertEntry(entry with { Id = first.Id })),
            "a text that no column takes" => Sample.Unit(new InsertEntry(entry with { Owner = "a\0b" })),
            _ => Sample.Keyed(NewEntry(store, "taken"), Now),
        };
    }
}
