using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Keys that many POSTs look up at once.</summary>
public sealed class KeyAnswersTests(PostgresServer server) : ProxiedTest(server)
{
    [Fact]
    public async Task Keys_that_wait_together_are_looked_up_together_and_each_has_its_own_answer()
    {
        var store = await OpenAsync();
        var entries = Enumerable.Range(0, 50).Select(i => NewEntry(store, $"k{i}")).ToList();
        await Task.WhenAll(entries.Select(entry => store.CommitAsync(Sample.Keyed(entry, Now)).AsTask()));
        var before = Proxy.Turns;

        var found = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => store.FindKeyAsync(Sample.Key($"k{i}"), Now).AsTask()));

        Assert.Equal(entries.Select(entry => entry.Id), found.Take(50).Select(match => match!.Id));
        Assert.All(found.Skip(50), Assert.Null);
        Assert.InRange(Proxy.Turns - before, 1, 500);
    }

    [Fact]
    public async Task One_key_asked_for_twice_at_once_is_judged_at_the_time_of_each()
    {
        var store = await OpenAsync();
        await store.CommitAsync(Sample.Keyed(NewEntry(store, "k"), Now));

        var found = await Task.WhenAll(
            store.FindKeyAsync(Sample.Key("k"), Now).AsTask(),
            store.FindKeyAsync(Sample.Key("k"), Now + (2 * Sample.Day)).AsTask());

        Assert.NotNull(found[0]);
        Assert.Null(found[1]);
    }

    [Fact]
    public async Task A_key_that_points_to_the_entry_of_another_is_free_and_so_is_the_other_without_a_row()
    {
        var store = await OpenAsync();
        var entry = NewEntry(store, "k");
        await store.CommitAsync(Sample.Keyed(entry, Now));
        await RunAsync($"UPDATE store.keys SET key = '{Uuids.Of(Sample.Key("other"))}'");

        var found = await Task.WhenAll(
            store.FindKeyAsync(Sample.Key("other"), Now).AsTask(), store.FindKeyAsync(entry.Key, Now).AsTask());

        Assert.All(found, Assert.Null);
    }

    [Fact]
    public async Task A_lookup_whose_connection_is_lost_is_asked_again()
    {
        var store = await OpenAsync();
        await store.CommitAsync(Sample.Keyed(NewEntry(store, "k"), Now));
        var loss = new ConnectionLoss(1 << 20);
        Proxy.LoseNext(loss);

        var match = await store.FindKeyAsync(Sample.Key("k"), Now);

        Assert.NotNull(match);
        await loss.DeliverAsync();
    }
}
