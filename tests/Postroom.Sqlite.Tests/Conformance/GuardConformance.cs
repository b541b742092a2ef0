using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What guards judge, and that a refused unit leaves nothing.</summary>
public abstract class GuardConformance : PostStoreConformance
{
    [Theory]
    [InlineData(EntryState.Held, UnitVerdict.Committed)]
    [InlineData(EntryState.Stored, UnitVerdict.Refused)]
    public async Task An_entry_is_where_it_is_expected_or_the_unit_is_refused(EntryState expected, UnitVerdict verdict)
    {
        var entry = await InsertAsync(NewEntry() with { State = EntryState.Held });
        var guard = new EntryInState(entry.Id, expected);

        var outcome = await Store.CommitAsync(Sample.Unit(guard, new DeleteEntry(entry.Id, KeepKey: false)));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(verdict == UnitVerdict.Refused ? guard : null, outcome.Guard);
        Assert.Equal(verdict == UnitVerdict.Committed, Find(entry.Id) is null);
    }

    [Theory]
    [InlineData("links", UnitVerdict.Committed)]
    [InlineData("marked", UnitVerdict.Refused)]
    [InlineData(null, UnitVerdict.Committed)]
    public async Task An_entry_is_there_for_the_reason_that_is_expected(string? expected, UnitVerdict verdict)
    {
        var entry = await InsertAsync(NewEntry() with { State = EntryState.Held, Reason = "links" });

        var outcome = await Store.CommitAsync(Sample.Unit(
            new EntryInState(entry.Id, EntryState.Held, expected), new SetEntryState(entry.Id, EntryState.Stored, null)));

        Assert.Equal(verdict, outcome.Verdict);
    }

    [Fact]
    public async Task An_entry_without_a_reason_is_there_for_none()
    {
        var entry = await InsertAsync(NewEntry() with { State = EntryState.Held });

        var outcome = await Store.CommitAsync(Sample.Unit(
            new EntryInState(entry.Id, EntryState.Held, "links"), new DeleteEntry(entry.Id, KeepKey: false)));

        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
    }

    [Fact]
    public async Task An_entry_that_is_not_there_is_in_no_state()
    {
        var outcome = await Store.CommitAsync(Sample.Unit(
            new EntryInState(Store.Ids.Next(), EntryState.Stored), new InsertEntry(NewEntry())));

        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
        Assert.Empty(List(new EntryQuery()).Entries);
    }

    [Fact]
    public async Task A_release_happens_once()
    {
        var entry = await InsertAsync(NewEntry() with { State = EntryState.Held });
        var release = Sample.Unit(
            new EntryInState(entry.Id, EntryState.Held),
            new SetEntryState(entry.Id, EntryState.Stored, null),
            new InsertJob(entry.Id, "mail", Now));

        var first = await Store.CommitAsync(release);
        var second = await Store.CommitAsync(release);

        Assert.Equal(UnitVerdict.Committed, first.Verdict);
        Assert.Equal(UnitVerdict.Refused, second.Verdict);
        Assert.Single(Jobs(entry.Id));
    }

    [Fact]
    public async Task A_token_is_consumed_once()
    {
        var token = Sample.Key("token");
        var consume = Sample.Unit(new TokenUnused(token), new UseToken(token, Now + Sample.Day));

        var first = await Store.CommitAsync(consume);
        var second = await Store.CommitAsync(consume);

        Assert.Equal(UnitVerdict.Committed, first.Verdict);
        Assert.Equal(UnitVerdict.Refused, second.Verdict);
        using var reader = Store.Read();
        Assert.True(reader.IsTokenUsed(token));
        Assert.False(reader.IsTokenUsed(Sample.Key("other")));
    }

    [Fact]
    public async Task The_first_guard_that_does_not_hold_decides()
    {
        var first = new TokenUnused(Sample.Key("a"));
        var second = new TokenUnused(Sample.Key("b"));
        await CommitAsync(new UseToken(first.Token, Now), new UseToken(second.Token, Now));
        var unit = new PostUnit { Guards = [second, first], Writes = [new InsertEntry(NewEntry())] };

        Assert.Same(second, (await Store.CommitAsync(unit)).Guard);
    }

    [Fact]
    public async Task All_guards_are_judged_before_the_first_write()
    {
        var token = Sample.Key("token");
        var unit = new PostUnit
        {
            Guards = [new TokenUnused(token)],
            Writes = [new UseToken(token, Now), new InsertEntry(NewEntry())],
        };

        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(unit)).Verdict);
    }

    [Fact]
    public async Task A_lease_is_only_its_holders()
    {
        var job = await LeasedJobAsync();

        Assert.Equal(UnitVerdict.Refused, (await Store.CommitAsync(Settle(job, job.Claim + 1))).Verdict);
        Assert.Equal(UnitVerdict.Refused, (await Store.CommitAsync(Settle(job with { Number = 99 }, 1))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Settle(job, job.Claim))).Verdict);
        Assert.Equal(UnitVerdict.Refused, (await Store.CommitAsync(Settle(job, job.Claim))).Verdict);
    }

    [Fact]
    public async Task A_worker_whose_lease_ended_and_was_given_on_cannot_settle()
    {
        var slow = await LeasedJobAsync();
        Time.Advance(TimeSpan.FromMinutes(2));
        var quick = Assert.Single(await Store.ClaimJobsAsync(Now, Now + 60_000, 10));

        Assert.Equal(UnitVerdict.Refused, (await Store.CommitAsync(Settle(slow, slow.Claim))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Settle(quick, quick.Claim))).Verdict);
    }

    private static PostUnit Settle(Job job, long claim) =>
        Sample.Unit(new JobLeased(job.Number, claim), new SettleJob(job.Number, JobState.Done, 0, null));

    private async Task<Job> LeasedJobAsync()
    {
        var entry = NewEntry();
        await CommitAsync(new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now));
        return Assert.Single(await Store.ClaimJobsAsync(Now, Now + 60_000, 10));
    }
}
