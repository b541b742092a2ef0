using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Values that one stored entry holds, and counts of entries by period.</summary>
public abstract class AdmissionConformance : PostStoreConformance
{
    private const long Hour = 3_600_000;
    private static readonly ValueFree Free = new(Sample.Contact, "/email", Sample.Print("ada"));

    [Fact]
    public async Task A_value_is_held_by_one_stored_entry()
    {
        Assert.Equal(UnitVerdict.Committed, (await TakeAsync(NewEntry())).Verdict);
        var second = NewEntry();

        var outcome = await TakeAsync(second);

        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
        Assert.Equal(Free, outcome.Guard);
        Assert.Null(Find(second.Id));
    }

    [Fact]
    public async Task Another_endpoint_rule_or_value_is_free()
    {
        await TakeAsync(NewEntry());
        ValueFree[] others =
        [
            Free with { Endpoint = "/other" }, Free with { Rule = "/tel" }, Free with { Digest = Sample.Print("bob") },
        ];
        foreach (var other in others)
        {
            Assert.True(await IsFreeAsync(other));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_frees_it(bool keepKey)
    {
        var entry = NewEntry("k");
        await TakeAsync(entry);
        await CommitAsync(new DeleteEntry(entry.Id, keepKey));
        Assert.True(await IsFreeAsync(Free));
    }

    [Fact]
    public async Task A_purge_frees_it()
    {
        await TakeAsync(NewEntry());
        await Store.PurgeAsync(
            new PurgeOrder { Now = Now, DeleteBefore = new Dictionary<string, long> { [Sample.Contact] = Now + 1 } },
            CancellationToken.None);
        Assert.True(await IsFreeAsync(Free));
    }

    [Fact]
    public async Task An_entry_that_is_held_afterwards_frees_it_and_a_release_takes_it_again()
    {
        var entry = NewEntry();
        await TakeAsync(entry);
        await CommitAsync(new SetEntryState(entry.Id, EntryState.Held, "marked"));
        Assert.True(await IsFreeAsync(Free));
        await CommitAsync(new SetEntryState(entry.Id, EntryState.Stored, null), Claim(entry));
        Assert.False(await IsFreeAsync(Free));
    }

    [Theory]
    [InlineData(EntryState.Held)]
    [InlineData(EntryState.Refused)]
    public async Task Only_stored_entries_hold_values(EntryState state)
    {
        var entry = await InsertAsync(NewEntry() with { State = state });
        await CommitAsync(Claim(entry));
        await CommitAsync(Claim(NewEntry()));
        Assert.True(await IsFreeAsync(Free));
    }

    [Fact]
    public async Task Of_a_hundred_at_once_one_takes_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TakeAsync(NewEntry())));
        Assert.Single(outcomes, outcome => outcome.Verdict == UnitVerdict.Committed);
        Assert.Equal(99, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Refused));
        Assert.Single(List(new EntryQuery()).Entries);
    }

    [Fact]
    public async Task Of_a_hundred_at_once_as_many_are_counted_as_there_is_room_for()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CountAsync(0, 0, 7)));
        Assert.Equal(7, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(7, Count(0, 0));
        Assert.Equal(7, List(new EntryQuery()).Entries.Count);
    }

    [Fact]
    public async Task Every_period_and_endpoint_counts_for_itself_and_old_ones_are_forgotten()
    {
        await CountAsync(Hour, 0, 1);
        Assert.Equal(UnitVerdict.Refused, (await CountAsync(Hour, 0, 1)).Verdict);
        await CountAsync(Hour, Hour, 1);
        await CountAsync(0, 0, 1);
        Assert.Equal((1, 1, 1), (Count(Hour, 0), Count(Hour, Hour), Count(0, 0)));
        await CountAsync(Hour, 2 * Hour, 1);
        Assert.Equal((0, 1, 1, 1), (Count(Hour, 0), Count(Hour, Hour), Count(Hour, 2 * Hour), Count(0, 0)));
    }

    [Fact]
    public async Task A_deletion_gives_no_place_back()
    {
        await CountAsync(0, 0, 1);
        await CommitAsync(new DeleteEntry(Assert.Single(List(new EntryQuery()).Entries).Id, KeepKey: false));
        Assert.Equal(UnitVerdict.Refused, (await CountAsync(0, 0, 1)).Verdict);
    }

    [Fact]
    public async Task A_claim_without_a_rule_is_a_bug() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(
            Sample.Unit(new ClaimValue(Sample.Contact, "", Free.Digest, Store.Ids.Next()))));

    private static ClaimValue Claim(Entry entry) => new(Free.Endpoint, Free.Rule, Free.Digest, entry.Id);

    private async Task<UnitOutcome> TakeAsync(Entry entry) =>
        await Store.CommitAsync(Sample.Unit(Free, new InsertEntry(entry), Claim(entry)));

    private async Task<bool> IsFreeAsync(ValueFree value) =>
        (await Store.CommitAsync(Sample.Unit(value, new UseToken(Sample.Key("t"), Now)))).Verdict
            == UnitVerdict.Committed;

    private async Task<UnitOutcome> CountAsync(long period, long start, long max) =>
        await Store.CommitAsync(Sample.Unit(
            new CountBelow(Sample.Contact, period, start, max),
            new InsertEntry(NewEntry()),
            new CountEntry(Sample.Contact, period, start)));

    private int Count(long period, long start)
    {
        using var reader = Store.Read();
        return (int)reader.CountOf(Sample.Contact, period, start);
    }
}
