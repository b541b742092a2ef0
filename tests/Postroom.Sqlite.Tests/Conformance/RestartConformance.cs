using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a durable store still knows after it was closed and opened again.</summary>
public abstract class RestartConformance : PostStoreConformance
{
    [Fact]
    public async Task Everything_is_there_again()
    {
        var token = Sample.Key("t");
        var entry = NewEntry("k");
        await CommitAsync(new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now), new UseToken(token, Now + 1));
        var job = Assert.Single(await Store.ClaimJobsAsync(Now, Now + 60_000, 1));
        var secret = Store.Secret.ToArray();

        await ReopenAsync();

        Assert.Equal(entry.Document.ToArray(), Find(entry.Id)!.Document.ToArray());
        Assert.Equal(entry.Id, Store.FindKey(entry.Key, Now)!.Id);
        Assert.Equal(job, Assert.Single(Jobs(entry.Id)));
        Assert.Equal(secret, Store.Secret.ToArray());
        using var reader = Store.Read();
        Assert.True(reader.IsTokenUsed(token));
        Assert.Equal(1, Assert.Single(reader.CountEntries()).Count);
    }

    [Fact]
    public async Task A_repeat_after_the_restart_gets_the_first_answer()
    {
        var entry = NewEntry("k");
        await Store.CommitAsync(Sample.Keyed(entry, Now));

        await ReopenAsync();

        var outcome = await Store.CommitAsync(Sample.Keyed(NewEntry("k"), Now));
        Assert.Equal(UnitVerdict.Duplicate, outcome.Verdict);
        Assert.Equal(entry.Answer!.Body.ToArray(), outcome.Match!.Answer!.Body.ToArray());
    }

    [Fact]
    public async Task Ids_go_on_after_the_last_entry_even_when_the_clock_went_back()
    {
        var last = await InsertAsync(NewEntry());

        await ReopenAsync();
        Time.Advance(TimeSpan.FromHours(-5));

        Assert.True(Store.Ids.Next().Row > last.Id.Row);
    }

    [Fact]
    public async Task Claims_go_on_counting()
    {
        await CommitAsync(new InsertJob(Store.Ids.Next(), "mail", Now));
        await Store.ClaimJobsAsync(Now, Now + 1, 1);

        await ReopenAsync();

        Assert.Equal(2, Assert.Single(await Store.ClaimJobsAsync(Now + 1, Now + 2, 1)).Claim);
    }

    [Fact]
    public async Task A_key_that_expired_while_the_store_was_closed_is_free()
    {
        await InsertAsync(NewEntry("k"));
        await Store.DisposeAsync();
        Time.Advance(TimeSpan.FromDays(2));

        await ReopenAsync();

        Assert.Null(Store.FindKey(Sample.Key("k"), Now));
        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Sample.Keyed(NewEntry("k"), Now))).Verdict);
    }

    [Fact]
    public async Task A_deleted_entry_whose_key_is_kept_still_keeps_it()
    {
        var entry = await InsertAsync(NewEntry("k"));
        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: true));

        await ReopenAsync();

        Assert.Equal(EntryState.Deleted, Store.FindKey(entry.Key, Now)!.State);
    }

    [Fact]
    public async Task A_closed_store_takes_nothing_more()
    {
        await Store.DisposeAsync();

        Assert.Equal(UnitVerdict.Busy, (await Store.CommitAsync(Sample.Unit(new InsertEntry(NewEntry())))).Verdict);
        Assert.Empty(await Store.ClaimJobsAsync(Now, Now, 1));
    }

    [Fact]
    public async Task Closing_does_first_what_waits()
    {
        var waiting = Enumerable.Range(0, 500)
            .Select(i => Store.CommitAsync(Sample.Keyed(NewEntry($"k{i}"), Now)).AsTask())
            .ToList();

        await ReopenAsync();

        var outcomes = await Task.WhenAll(waiting);
        Assert.All(outcomes, outcome => Assert.Equal(UnitVerdict.Committed, outcome.Verdict));
        using var reader = Store.Read();
        Assert.Equal(500, Assert.Single(reader.CountEntries()).Count);
    }
}
