using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;
using SQLitePCL;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>What happens when the disk fails or is full.</summary>
public sealed class DiskTests : EngineTest
{
    private readonly Fault _fault = new();

    private protected override SqliteStoreOptions Options => base.Options with { Fault = _fault };

    [Theory]
    [InlineData(raw.SQLITE_IOERR)]
    [InlineData(raw.SQLITE_IOERR | (4 << 8))]
    [InlineData(raw.SQLITE_CORRUPT)]
    public async Task A_failure_in_the_commit_leaves_its_units_unknown_and_nothing_is_taken_any_more(int code)
    {
        await PostAsync("before");
        _fault.CommitCode = code;

        var outcomes = await InOneBatchAsync(Sample.Keyed(NewEntry("a"), Now), Sample.Keyed(NewEntry("a"), Now));

        Assert.All(outcomes, outcome => Assert.Equal(UnitVerdict.Unknown, outcome.Verdict));
        await PoisonedAsync();
        _fault.CommitCode = 0;
        var commits = _fault.Commits;
        Assert.Equal(UnitVerdict.Unknown, (await PostAsync("after")).Verdict);
        Assert.Empty(await Store.ClaimJobsAsync(Now, Now + 1, 10));
        Assert.Equal(
            new PurgeReport(0, 0, 0, 0), await Store.PurgeAsync(new PurgeOrder { Now = Now }, CancellationToken.None));
        Assert.Equal(commits, _fault.Commits);
    }

    [Fact]
    public async Task After_a_restart_the_file_tells_the_truth()
    {
        await PostAsync("before");
        _fault.CommitCode = raw.SQLITE_IOERR;
        await PostAsync("lost");
        _fault.CommitCode = 0;

        await ReopenAsync();

        Assert.NotNull(Found("before"));
        Assert.Null(Found("lost"));
        Assert.Equal(UnitVerdict.Committed, (await PostAsync("lost")).Verdict);
        Assert.False(Store.Poisoned.IsCancellationRequested);
    }

    [Fact]
    public async Task A_poisoned_store_leaves_its_log_as_it_is()
    {
        await PostAsync("before");
        var length = new FileInfo(Folder.File("postroom.db-wal")).Length;
        _fault.CommitCode = raw.SQLITE_IOERR;
        await PostAsync("lost");

        await Store.DisposeAsync();

        Assert.Equal(length, new FileInfo(Folder.File("postroom.db-wal")).Length);
    }

    [Fact]
    public async Task Units_that_wait_behind_the_failure_end_as_unknown_too()
    {
        Points.HoldAt(StorePoints.BeforeCommit);
        _fault.CommitCode = raw.SQLITE_IOERR;
        var first = PostAsync("first");
        await Points.WhenAsync(StorePoints.BeforeCommit, 1);
        var waiting = Enumerable.Range(0, 10).Select(i => PostAsync($"k{i}")).ToList();
        var claim = Store.ClaimJobsAsync(Now, Now, 1).AsTask();

        Points.Open();

        Assert.Equal(UnitVerdict.Unknown, (await first).Verdict);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(UnitVerdict.Unknown, outcome.Verdict));
        Assert.Empty(await claim);
    }

    [Fact]
    public async Task A_failing_checkpoint_poisons_as_well_but_what_was_committed_stays_so()
    {
        _fault.CheckpointCode = raw.SQLITE_IOERR;
        await ReopenAsync(Options with { CheckpointBytes = 1 });

        Assert.Equal(UnitVerdict.Committed, (await PostAsync("k")).Verdict);

        await PoisonedAsync();
        Assert.Equal(UnitVerdict.Unknown, (await PostAsync("after")).Verdict);
        _fault.CheckpointCode = 0;
        await ReopenAsync();
        Assert.NotNull(Found("k"));
    }

    [Fact]
    public async Task Of_a_batch_that_does_not_fit_the_units_that_do_are_committed()
    {
        await ReopenAsync(Options with { PagesMax = 73 });
        var large = NewEntry("large") with { Document = new byte[600_000] };

        var outcomes = await InOneBatchAsync(
            Sample.Keyed(NewEntry("a"), Now),
            Sample.Keyed(NewEntry("b"), Now),
            Sample.Keyed(large, Now),
            Sample.Keyed(NewEntry("c"), Now));

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Committed, UnitVerdict.Full, UnitVerdict.Committed],
            outcomes.Select(outcome => outcome.Verdict));
        Assert.NotNull(Found("c"));
        Assert.Null(Found("large"));
        Assert.False(Store.Poisoned.IsCancellationRequested);
    }

    [Fact]
    public async Task A_full_disk_is_a_clean_refusal_and_service_resumes_when_there_is_space()
    {
        await ReopenAsync(Options with { PagesMax = 75 });
        var stored = new List<EntryId>();
        UnitOutcome outcome;
        do
        {
            var entry = NewEntry() with { Document = new byte[20_000] };
            outcome = await Store.CommitAsync(Sample.Unit(new InsertEntry(entry)));
            if (outcome.Verdict == UnitVerdict.Committed)
            {
                stored.Add(entry.Id);
            }
        }
        while (outcome.Verdict == UnitVerdict.Committed);

        Assert.Equal(UnitVerdict.Full, outcome.Verdict);
        Assert.InRange(stored.Count, 2, 20);
        var deleted = await Store.CommitAsync(Sample.Unit(new DeleteEntry(stored[0], KeepKey: false)));
        Assert.Equal(UnitVerdict.Committed, deleted.Verdict);
        var again = NewEntry() with { Document = new byte[20_000] };
        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Sample.Unit(new InsertEntry(again)))).Verdict);
        await ReopenAsync();
        using var reader = Store.Read();
        Assert.Equal(stored.Count, reader.ListEntries(new EntryQuery()).Entries.Count);
    }

    [Fact]
    public async Task A_commit_that_finds_no_space_refuses_and_the_next_goes_through()
    {
        _fault.CommitCode = raw.SQLITE_FULL;
        Assert.Equal(UnitVerdict.Full, (await PostAsync("k")).Verdict);
        Assert.Null(Found("k"));
        _fault.CommitCode = 0;

        Assert.Equal(UnitVerdict.Committed, (await PostAsync("k")).Verdict);
    }

    [Fact]
    public async Task A_file_that_somebody_else_writes_to_is_busy()
    {
        _fault.CommitCode = raw.SQLITE_BUSY;

        Assert.Equal(UnitVerdict.Busy, (await PostAsync("k")).Verdict);
    }

    private async Task PoisonedAsync()
    {
        var poisoned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Store.Poisoned.Register(poisoned.SetResult);
        await poisoned.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private sealed class Fault : IStoreFault
    {
        private int _commits;

        public int CommitCode { get; set; }

        public int CheckpointCode { get; set; }

        public int Commits => Volatile.Read(ref _commits);

        public int AtCommit()
        {
            Interlocked.Increment(ref _commits);
            return CommitCode;
        }

        public int AtCheckpoint() => CheckpointCode;
    }
}
