using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Delivery;

/// <summary>Work after the commit: once when it succeeds, again with pauses when it throws, given up in the end.</summary>
public sealed class AfterwardsTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task It_runs_once_after_the_commit_with_the_document_and_a_stable_key(string store)
    {
        using var kind = new StoreKind(store);
        var runs = new JobRecorder();
        await using var host = await StartAsync(runs, kind.Choose);
        using var response = await host.PostNoteAsync("hello", Keys.Header(Keys.One));
        await runs.CountAsync(1);
        using var repeat = await host.PostNoteAsync("hello", Keys.Header(Keys.One));
        var entry = Assert.Single(host.Entries());
        await host.JobAsync(entry.Id, JobState.Done);
        await host.PollAsync();
        var run = Assert.Single(runs.Runs);
        Assert.Equal("hello", run.Text);
        Assert.Equal(entry.Id, run.Entry);
        Assert.Equal(1, run.Attempt);
        Assert.Contains(entry.Id.ToString(), run.Key);
        Assert.True(run.WasStored);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task It_runs_again_with_growing_pauses_and_the_same_key(string store)
    {
        using var kind = new StoreKind(store);
        var runs = new JobRecorder { Failures = 2 };
        await using var host = await StartAsync(runs, kind.Choose);
        using var response = await host.PostNoteAsync("hello");
        var id = host.Entries()[0].Id;
        var first = await host.JobAsync(id, job => job is { State: JobState.Ready, Attempts: 1 });
        Assert.Contains("the work fails", first.Error);
        Assert.InRange(first.RunAt - Now(host), 4_000, 6_000);
        await host.AdvanceToAsync(first.RunAt);
        var second = await host.JobAsync(id, job => job is { State: JobState.Ready, Attempts: 2 });
        Assert.InRange(second.RunAt - Now(host), 230_000, 360_000);
        await host.AdvanceToAsync(second.RunAt);
        var done = await host.JobAsync(id, JobState.Done);
        Assert.Null(done.Error);
        Assert.Equal([1, 2, 3], runs.Runs.Select(run => run.Attempt));
        Assert.Single(runs.Runs.Select(run => run.Key).Distinct());
        Assert.Contains(host.Log.Lines, line => line.Contains("Attempt 1 at afterwards:/api/note", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_given_up_at_the_end_of_the_schedule()
    {
        var runs = new JobRecorder { Failures = int.MaxValue };
        await using var host = await StartAsync(runs);
        using var response = await host.PostNoteAsync("hello");
        var id = host.Entries()[0].Id;
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            var begun = attempt;
            var job = await host.JobAsync(id, job => job.State == JobState.Ready && job.Attempts == begun);
            await host.AdvanceToAsync(job.RunAt);
        }

        var dead = await host.JobAsync(id, JobState.Dead);
        Assert.Equal(10, dead.Attempts);
        Assert.Contains("the work fails", dead.Error);
        host.Time.Advance(TimeSpan.FromDays(3));
        await host.PollAsync();
        Assert.Equal(10, runs.Runs.Count);
    }

    [Fact]
    public async Task It_survives_a_restart()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        var before = new JobRecorder { Failures = 1 };
        EntryId id;
        await using (var host = await StartAsync(before, kind.Choose, time))
        {
            using var response = await host.PostNoteAsync("hello");
            id = host.Entries()[0].Id;
            await host.JobAsync(id, job => job is { State: JobState.Ready, Attempts: 1 });
        }

        time.Advance(TimeSpan.FromSeconds(6));
        var after = new JobRecorder();
        await using var again = await StartAsync(after, kind.Choose, time);
        await after.CountAsync(1);
        await again.JobAsync(id, JobState.Done);
        Assert.Equal(2, Assert.Single(after.Runs).Attempt);
    }

    [Fact]
    public async Task Work_that_a_stop_interrupts_is_taken_up_at_once_by_the_next_start()
    {
        using var kind = new StoreKind("sqlite");
        var time = new ManualTime();
        var gate = new Gate();
        await using (var host = await PostHost.StartNotesAsync(
            form => form.Afterwards(async (_, _, cancel) =>
            {
                await gate.PassAsync().AsTask().WaitAsync(cancel);
            }),
            kind.Choose,
            time: time))
        {
            using var response = await host.PostNoteAsync("hello");
            await gate.Came;
            await host.StopAsync();
            Assert.DoesNotContain(host.Log.Lines, line => line.Contains("Attempt 1", StringComparison.Ordinal));
        }

        var runs = new JobRecorder();
        await using var again = await StartAsync(runs, kind.Choose, time);
        await runs.CountAsync(1);
        await again.JobAsync(again.Entries()[0].Id, JobState.Done);
    }

    [Fact]
    public async Task A_worker_that_was_too_slow_cannot_settle_what_another_has_taken_over()
    {
        using var kind = new StoreKind("memory");
        var settling = new Gate();
        var settled = new TaskCompletionSource<UnitOutcome>();
        var faults = new FaultInjector(kind);
        faults.Commit = async (unit, commit) =>
        {
            if (unit.Writes[0] is not SettleJob)
            {
                return await commit();
            }

            await settling.PassAsync();
            var outcome = await commit();
            settled.SetResult(outcome);
            return outcome;
        };
        var runs = new JobRecorder();
        await using var host = await StartAsync(runs, faults.Choose);
        using var response = await host.PostNoteAsync("hello");
        var id = host.Entries()[0].Id;
        await settling.Came;
        var later = Now(host) + (long)TimeSpan.FromMinutes(6).TotalMilliseconds;
        var stolen = Assert.Single(await host.Store.ClaimJobsAsync(later, later + 60_000, 1));
        settling.Open();
        Assert.Equal(UnitVerdict.Refused, (await settled.Task).Verdict);
        var job = Assert.Single(host.Jobs(id));
        Assert.Equal(stolen.Claim, job.Claim);
        Assert.Equal(JobState.Leased, job.State);
        Assert.Equal(2, job.Attempts);
    }

    [Fact]
    public async Task Work_that_never_ends_is_given_up_and_holds_up_nobody()
    {
        var never = new Gate();
        await using var host = await PostHost.StartNotesAsync(form => form.Afterwards(
            (note, _, _) => note.Text == "hang" ? never.PassAsync() : ValueTask.CompletedTask));
        using var hanging = await host.PostNoteAsync("hang");
        await never.Came;
        using var other = await host.PostNoteAsync("other");
        await host.JobAsync(host.Entries()[1].Id, JobState.Done);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        var job = await host.JobAsync(host.Entries()[0].Id, job => job.State == JobState.Ready);
        Assert.Contains("did not end within 5 minutes", job.Error);
        Assert.Contains(host.Log.Lines, line => line.Contains("did not end in time", StringComparison.Ordinal));
        never.Open();
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Held_entries_run_it_only_when_they_are_released(string store)
    {
        using var kind = new StoreKind(store);
        var runs = new JobRecorder();
        await using var host = await StartAsync(runs, kind.Choose);
        using var spam = await host.PostAsync("/api/note", "application/json", """{"text":"buy","_gotcha":"x"}""");
        var entry = Assert.Single(host.Entries(EntryState.Held));
        Assert.Equal(HttpStatusCode.Created, spam.StatusCode);
        await host.PollAsync();
        Assert.Empty(runs.Runs);
        Assert.Empty(host.Jobs(entry.Id));
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        await releases.ReleaseAsync(entry, hasFollowed: false);
        await host.PollAsync();
        await runs.CountAsync(1);
        await host.JobAsync(entry.Id, JobState.Done);
        Assert.Equal("buy", Assert.Single(runs.Runs).Text);
    }

    [Fact]
    public async Task A_refused_POST_runs_nothing()
    {
        var runs = new JobRecorder();
        await using var host = await PostHost.StartNotesAsync(form => form
            .InTransaction((_, unit, _) =>
            {
                unit.RefuseFinally("No.");
                return ValueTask.CompletedTask;
            })
            .Afterwards(runs.RunAsync));
        using var response = await host.PostNoteAsync("hello");
        await host.PollAsync();
        Assert.Empty(host.Jobs(Assert.Single(host.Entries()).Id));
        Assert.Empty(runs.Runs);
    }

    [Fact]
    public async Task An_entry_that_was_deleted_before_its_time_needs_nothing_more()
    {
        var runs = new JobRecorder { Failures = 1 };
        await using var host = await StartAsync(runs);
        using var response = await host.PostNoteAsync("hello");
        var id = host.Entries()[0].Id;
        await host.JobAsync(id, job => job is { State: JobState.Ready, Attempts: 1 });
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new DeleteEntry(id, KeepKey: true)] });
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.PollAsync();
        Assert.Single(runs.Runs);
    }

    private static long Now(PostHost host) => host.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<PostHost> StartAsync(
        JobRecorder runs, Action<PostroomBuilder>? store = null, ManualTime? time = null)
    {
        var host = await PostHost.StartNotesAsync(form => form.Afterwards(runs.RunAsync), store, time: time);
        runs.Host = host;
        return host;
    }
}
