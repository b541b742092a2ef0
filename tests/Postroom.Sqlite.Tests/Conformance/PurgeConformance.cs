using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a purge clears, and what it leaves.</summary>
public abstract class PurgeConformance : PostStoreConformance
{
    [Fact]
    public async Task The_answer_of_an_expired_key_is_cleared_and_the_entry_stays()
    {
        var expired = await InsertAsync(NewEntry("a"));
        Time.Advance(TimeSpan.FromHours(23));
        var living = await InsertAsync(NewEntry("b"));
        Time.Advance(TimeSpan.FromHours(1));

        var report = await PurgeAsync(new PurgeOrder { Now = Now });

        Assert.Equal(new PurgeReport(1, 0, 0, 0), report);
        Assert.Null(Find(expired.Id)!.Answer);
        Assert.Equal(expired.Document.ToArray(), Find(expired.Id)!.Document.ToArray());
        Assert.NotNull(Find(living.Id)!.Answer);
        Assert.NotNull(Store.FindKey(living.Key, Now));
        Assert.Equal(new PurgeReport(0, 0, 0, 0), await PurgeAsync(new PurgeOrder { Now = Now }));
    }

    [Fact]
    public async Task Keys_of_different_lengths_are_cleared_each_in_its_time()
    {
        var entries = new List<Entry>();
        for (var hours = 1; hours <= 5; hours++)
        {
            var entry = NewEntry($"k{hours}") with { ExpiresAt = Now + (hours * 3_600_000L) };
            entries.Add(await InsertAsync(entry));
        }

        for (var hours = 1; hours <= 5; hours++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = Now })).Answers);
            Assert.Null(Find(entries[hours - 1].Id)!.Answer);
        }
    }

    [Fact]
    public async Task A_large_answer_is_cleared_as_well()
    {
        var entry = await InsertAsync(NewEntry("k") with { Answer = new StoredAnswer(200, new byte[200_000]) });

        Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = entry.ExpiresAt })).Answers);

        Assert.Null(Find(entry.Id)!.Answer);
    }

    [Fact]
    public async Task What_is_left_of_a_deleted_entry_goes_when_its_key_ends()
    {
        var entry = await InsertAsync(NewEntry("k"));
        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: true));

        Assert.Equal(new PurgeReport(0, 0, 0, 0), await PurgeAsync(new PurgeOrder { Now = entry.ExpiresAt }));

        Assert.Null(Store.FindKey(entry.Key, entry.ExpiresAt - 1));
    }

    [Fact]
    public async Task Deleting_an_entry_whose_key_has_ended_leaves_nothing_to_scan_even_when_its_key_is_to_be_kept()
    {
        var first = await InsertAsync(NewEntry("k"));
        var second = await InsertAsync(NewEntry());
        await PurgeAsync(new PurgeOrder { Now = first.ExpiresAt });

        await CommitAsync(new DeleteEntry(first.Id, KeepKey: true));

        Assert.Null(List(new EntryQuery { OldestFirst = true, ScanMax = 1 }).Next);
        Assert.NotNull(Find(second.Id));
    }

    [Fact]
    public async Task Entries_older_than_their_endpoint_allows_are_deleted_and_others_stay()
    {
        var old = await InsertAsync(NewEntry());
        var other = await InsertAsync(NewEntry() with { Endpoint = Sample.Order });
        Time.Advance(TimeSpan.FromDays(2));
        var young = await InsertAsync(NewEntry());

        var report = await PurgeAsync(Older(TimeSpan.FromDays(1)));

        Assert.Equal(new PurgeReport(0, 1, 0, 0), report);
        Assert.Null(Find(old.Id));
        Assert.NotNull(Find(other.Id));
        Assert.NotNull(Find(young.Id));
    }

    [Fact]
    public async Task An_entry_that_was_received_long_before_its_id_was_made_goes_by_when_it_was_received()
    {
        var imported = await InsertAsync(NewEntry() with { ReceivedAt = Now - (30 * Sample.Day) });

        Assert.Equal(1, (await PurgeAsync(Older(TimeSpan.FromDays(7)))).Entries);

        Assert.Null(Find(imported.Id));
    }

    [Fact]
    public async Task An_entry_that_goes_by_age_before_its_key_ends_leaves_the_key_taken()
    {
        var entry = await InsertAsync(NewEntry("k") with { ExpiresAt = Now + (30 * Sample.Day) });
        Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, (await PurgeAsync(Older(TimeSpan.FromDays(1)))).Entries);

        Assert.Null(Find(entry.Id));
        Assert.Equal(EntryState.Deleted, Store.FindKey(entry.Key, Now)!.State);
    }

    [Theory]
    [InlineData(JobState.Ready, false)]
    [InlineData(JobState.Leased, false)]
    [InlineData(JobState.Dead, false)]
    [InlineData(JobState.Done, true)]
    public async Task An_entry_stays_while_a_job_of_it_is_not_done(JobState state, bool deleted)
    {
        var entry = NewEntry();
        await CommitAsync(new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now));
        if (state != JobState.Ready)
        {
            var job = Assert.Single(await Store.ClaimJobsAsync(Now, Now + 1, 1));
            if (state != JobState.Leased)
            {
                await CommitAsync(new SettleJob(job.Number, state, 0, null));
            }
        }

        Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(Older(TimeSpan.FromDays(1)));
        await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 0 });

        Assert.Equal(deleted, Find(entry.Id) is null);
        Assert.Equal(deleted ? 0 : 1, Jobs(entry.Id).Count);
    }

    [Fact]
    public async Task The_oldest_go_until_the_rest_fits()
    {
        var entries = new List<Entry>();
        for (var i = 0; i < 10; i++)
        {
            entries.Add(await InsertAsync(NewEntry() with { Document = new byte[1000] }));
        }

        Assert.Equal(0, (await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 10_000 })).Entries);
        Assert.Equal(4, (await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 6_500 })).Entries);

        Assert.Null(Find(entries[3].Id));
        Assert.NotNull(Find(entries[4].Id));
    }

    [Fact]
    public async Task Control_fields_count_as_bytes()
    {
        var entry = await InsertAsync(NewEntry() with { Document = new byte[10], Control = new byte[1000] });

        Assert.Equal(0, (await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 1100 })).Entries);
        Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 900 })).Entries);

        Assert.Null(Find(entry.Id));
    }

    [Fact]
    public async Task What_was_cleared_no_longer_counts_as_bytes()
    {
        var keyed = await InsertAsync(NewEntry("k") with
        {
            Document = new byte[1000],
            Answer = new StoredAnswer(200, new byte[5000]),
        });
        var last = await InsertAsync(NewEntry() with { Document = new byte[1000] });

        var report = await PurgeAsync(new PurgeOrder { Now = keyed.ExpiresAt, BytesMax = 2000 });

        Assert.Equal(new PurgeReport(1, 0, 0, 0), report);
        Assert.NotNull(Find(last.Id));
    }

    [Fact]
    public async Task Entries_whose_keys_have_not_ended_stay_whatever_the_size()
    {
        var living = await InsertAsync(NewEntry("k"));
        var plain = await InsertAsync(NewEntry());

        Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = Now, BytesMax = 0 })).Entries);

        Assert.NotNull(Find(living.Id));
        Assert.Null(Find(plain.Id));
    }

    [Fact]
    public async Task Finished_jobs_are_deleted_by_the_age_of_their_last_change_and_dead_ones_stay()
    {
        var entry = NewEntry();
        await CommitAsync(
            new InsertEntry(entry), new InsertJob(entry.Id, "done", Now), new InsertJob(entry.Id, "dead", Now));
        var jobs = await Store.ClaimJobsAsync(Now, Now + 1, 10);
        Time.Advance(TimeSpan.FromHours(1));
        await CommitAsync(
            new SettleJob(jobs[0].Number, JobState.Done, 0, null),
            new SettleJob(jobs[1].Number, JobState.Dead, 0, null));

        Assert.Equal(0, (await PurgeAsync(new PurgeOrder { Now = Now, JobsDoneBefore = Now })).Jobs);
        Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = Now, JobsDoneBefore = Now + 1 })).Jobs);

        Assert.Equal("dead", Assert.Single(Jobs(entry.Id)).Name);
    }

    [Fact]
    public async Task Expired_tokens_are_deleted()
    {
        await CommitAsync(new UseToken(Sample.Key("a"), Now), new UseToken(Sample.Key("b"), Now + 1));

        Assert.Equal(1, (await PurgeAsync(new PurgeOrder { Now = Now })).Tokens);

        using var reader = Store.Read();
        Assert.False(reader.IsTokenUsed(Sample.Key("a")));
        Assert.True(reader.IsTokenUsed(Sample.Key("b")));
    }

    [Fact]
    public async Task Small_slices_clear_the_same_as_large_ones()
    {
        for (var i = 0; i < 25; i++)
        {
            await InsertAsync(NewEntry($"k{i}"));
            await CommitAsync(new UseToken(Sample.Key($"t{i}"), Now));
        }

        Time.Advance(TimeSpan.FromDays(3));
        var order = Older(TimeSpan.FromDays(1)) with { Slice = 4 };

        Assert.Equal(new PurgeReport(25, 25, 0, 25), await PurgeAsync(order));
        Assert.Empty(List(new EntryQuery()).Entries);
    }

    [Fact]
    public async Task A_cancelled_purge_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.PurgeAsync(new PurgeOrder { Now = Now }, new CancellationToken(canceled: true)));

    private async Task<PurgeReport> PurgeAsync(PurgeOrder order) =>
        await Store.PurgeAsync(order, CancellationToken.None);

    private PurgeOrder Older(TimeSpan than) => new()
    {
        Now = Now,
        DeleteBefore = new Dictionary<string, long> { [Sample.Contact] = Now - (long)than.TotalMilliseconds },
    };
}
