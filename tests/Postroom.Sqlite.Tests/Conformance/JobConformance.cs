using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>How work is leased, settled and tried again.</summary>
public abstract class JobConformance : PostStoreConformance
{
    [Fact]
    public async Task A_new_job_waits_with_its_name_and_time()
    {
        var entry = NewEntry();
        await CommitAsync(
            new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now + 5), new InsertJob(entry.Id, "hook", Now));

        var jobs = Jobs(entry.Id);

        Assert.Equal(["mail", "hook"], jobs.Select(job => job.Name));
        Assert.True(jobs[0].Number < jobs[1].Number);
        Assert.Equal(new Job(jobs[0].Number, entry.Id, "mail", JobState.Ready, 0, Now + 5, 0, 0, null), jobs[0]);
    }

    [Fact]
    public async Task A_claim_leases_what_is_due_and_nothing_else()
    {
        var entry = NewEntry();
        await CommitAsync(new InsertJob(entry.Id, "due", Now), new InsertJob(entry.Id, "later", Now + 1));

        var claimed = Assert.Single(await Store.ClaimJobsAsync(Now, Now + 60_000, 10));

        Assert.Equal("due", claimed.Name);
        Assert.Equal(JobState.Leased, claimed.State);
        Assert.Equal(1, claimed.Attempts);
        Assert.Equal(1, claimed.Claim);
        Assert.Equal(Now + 60_000, claimed.LeaseUntil);
        Assert.Equal(claimed, Jobs(entry.Id)[0]);
    }

    [Fact]
    public async Task A_leased_job_is_not_claimed_again_before_its_lease_ends()
    {
        await CommitAsync(new InsertJob(Store.Ids.Next(), "mail", Now));
        await Store.ClaimJobsAsync(Now, Now + 60_000, 10);

        Assert.Empty(await Store.ClaimJobsAsync(Now + 59_999, Now + 120_000, 10));
        var again = Assert.Single(await Store.ClaimJobsAsync(Now + 60_000, Now + 120_000, 10));
        Assert.Equal(2, again.Claim);
        Assert.Equal(2, again.Attempts);
    }

    [Fact]
    public async Task Those_due_longest_come_first_and_no_more_than_asked_for()
    {
        var entry = Store.Ids.Next();
        await CommitAsync(
            new InsertJob(entry, "third", Now - 1),
            new InsertJob(entry, "first", Now - 3),
            new InsertJob(entry, "second", Now - 3),
            new InsertJob(entry, "fourth", Now));

        Assert.Equal(["first", "second"], (await Store.ClaimJobsAsync(Now, Now + 1, 2)).Select(job => job.Name));
        Assert.Equal(["third"], (await Store.ClaimJobsAsync(Now, Now + 1, 1)).Select(job => job.Name));
    }

    [Fact]
    public async Task An_ended_lease_takes_its_place_by_when_it_ended()
    {
        var entry = Store.Ids.Next();
        await CommitAsync(new InsertJob(entry, "leased", Now - 10));
        await Store.ClaimJobsAsync(Now, Now + 5, 1);
        await CommitAsync(new InsertJob(entry, "ready", Now + 2));

        Assert.Equal(["ready", "leased"], (await Store.ClaimJobsAsync(Now + 10, Now + 20, 10)).Select(job => job.Name));
    }

    [Fact]
    public async Task A_job_that_is_to_be_tried_again_waits_until_then_and_keeps_what_went_wrong()
    {
        var job = await ClaimedAsync();

        await CommitAsync(new SettleJob(job.Number, JobState.Ready, Now + 1000, "connection refused"));

        var waiting = Assert.Single(Jobs(job.Entry));
        Assert.Equal(
            job with { State = JobState.Ready, RunAt = Now + 1000, LeaseUntil = 0, Error = "connection refused" }, waiting);
        Assert.Empty(await Store.ClaimJobsAsync(Now + 999, Now + 5000, 10));
        Assert.Equal(2, Assert.Single(await Store.ClaimJobsAsync(Now + 1000, Now + 5000, 10)).Claim);
    }

    [Theory]
    [InlineData(JobState.Done)]
    [InlineData(JobState.Dead)]
    public async Task A_finished_job_is_never_claimed_and_keeps_its_time(JobState state)
    {
        var job = await ClaimedAsync();

        await CommitAsync(new SettleJob(job.Number, state, Now + 1000, null));

        Assert.Empty(await Store.ClaimJobsAsync(Now + Sample.Day, Now + Sample.Day + 1, 10));
        Assert.Equal(job with { State = state, LeaseUntil = 0 }, Assert.Single(Jobs(job.Entry)));
    }

    [Fact]
    public async Task A_dead_job_can_be_made_ready_again()
    {
        var job = await ClaimedAsync();
        await CommitAsync(new SettleJob(job.Number, JobState.Dead, 0, "gone"));

        await CommitAsync(new SettleJob(job.Number, JobState.Ready, Now, null));

        Assert.Equal(2, Assert.Single(await Store.ClaimJobsAsync(Now, Now + 1, 10)).Attempts);
    }

    [Fact]
    public async Task Settling_a_job_that_is_not_there_does_nothing() =>
        await CommitAsync(new SettleJob(42, JobState.Done, 0, null));

    [Fact]
    public async Task Jobs_are_numbered_on_after_a_refused_unit()
    {
        var token = Sample.Key("t");
        await CommitAsync(new UseToken(token, Now), new InsertJob(Store.Ids.Next(), "a", Now));
        await Store.CommitAsync(Sample.Unit(new TokenUnused(token), new InsertJob(Store.Ids.Next(), "b", Now)));
        await CommitAsync(new InsertJob(Store.Ids.Next(), "c", Now));

        Assert.Equal([1L, 2L], (await Store.ClaimJobsAsync(Now, Now + 1, 10)).Select(job => job.Number));
    }

    private async Task<Job> ClaimedAsync()
    {
        await CommitAsync(new InsertJob(Store.Ids.Next(), "mail", Now));
        return Assert.Single(await Store.ClaimJobsAsync(Now, Now + 60_000, 10));
    }
}
