using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>How the writer takes units, and when their callers hear of it.</summary>
public sealed class WriterTests : EngineTest
{
    private protected override SqliteStoreOptions Options =>
        base.Options with { QueueMax = 16, CheckpointBytes = 100_000 };

    [Fact]
    public async Task What_waits_is_committed_together()
    {
        var outcomes = await InOneBatchAsync([.. Enumerable.Range(0, 10).Select(i => Keyed($"k{i}"))]);

        Assert.All(outcomes, outcome => Assert.Equal(UnitVerdict.Committed, outcome.Verdict));
        Assert.Equal(2, Points.Count(StorePoints.AfterCommit));
    }

    [Fact]
    public async Task A_unit_sees_the_earlier_ones_of_its_batch()
    {
        var outcomes = await InOneBatchAsync(Keyed("k"), Keyed("k"), Keyed("k", """{"name":"Grace"}"""));

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Duplicate, UnitVerdict.Refused], Verdicts(outcomes));
        Assert.Equal(Found("k"), outcomes[1].Match!.Id);
    }

    [Fact]
    public async Task Nobody_hears_of_a_batch_before_its_commit_not_even_of_a_duplicate()
    {
        Points.HoldAt(StorePoints.BeforeCommit);
        var units = new[] { PostAsync("k"), PostAsync("k") };
        await Points.WhenAsync(StorePoints.BeforeCommit, 1);

        Assert.All(units, unit => Assert.False(unit.IsCompleted));
        Assert.Null(Found("k"));
        Points.Open();

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Duplicate], Verdicts(await Task.WhenAll(units)));
    }

    [Fact]
    public async Task The_points_of_a_batch_come_in_order()
    {
        await PostAsync("k");
        await Points.WhenAsync(StorePoints.AfterAcknowledge, 1);

        Assert.Contains(StorePoints.UnitQueued, Points.Heard);
        Assert.Equal(
            [
                StorePoints.BatchBegun, StorePoints.BeforeCommit, StorePoints.AfterCommit,
                StorePoints.BeforeAcknowledge, StorePoints.AfterAcknowledge,
            ],
            Points.Heard.Where(point => point is not (StorePoints.UnitQueued or StorePoints.Checkpoint)));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_takes_again_later()
    {
        Points.HoldAt(StorePoints.BatchBegun);
        var first = PostAsync("first");
        await Points.WhenAsync(StorePoints.BatchBegun, 1);
        var waiting = Enumerable.Range(0, 16).Select(i => PostAsync($"k{i}")).ToList();

        var refused = PostAsync("refused");

        Assert.True(refused.IsCompletedSuccessfully);
        Assert.Equal(UnitVerdict.Busy, (await refused).Verdict);
        Points.Open();
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(UnitVerdict.Committed, outcome.Verdict));
        Assert.Equal(UnitVerdict.Committed, (await first).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await PostAsync("refused")).Verdict);
    }

    [Fact]
    public async Task A_queue_that_holds_too_many_bytes_refuses_too()
    {
        await ReopenAsync(Options with { QueueBytesMax = 250_000 });
        Points.HoldAt(StorePoints.BatchBegun);
        var batches = Points.Count(StorePoints.BatchBegun);
        var first = PostAsync("first");
        await Points.WhenAsync(StorePoints.BatchBegun, batches + 1);

        var outcomes = Enumerable.Range(0, 3)
            .Select(i => PostAsync(NewEntry($"k{i}") with { Document = new byte[100_000] }))
            .ToList();
        Points.Open();

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Committed, UnitVerdict.Busy], Verdicts(await Task.WhenAll(outcomes)));
        Assert.Equal(UnitVerdict.Committed, (await first).Verdict);
        var large = NewEntry("large") with { Document = new byte[1_000_000] };
        Assert.Equal(UnitVerdict.Committed, (await PostAsync(large)).Verdict);
    }

    [Fact]
    public async Task A_batch_ends_when_it_holds_many_bytes()
    {
        var commits = Points.Count(StorePoints.AfterCommit);

        var outcomes = await InOneBatchAsync([.. Enumerable.Range(0, 10).Select(i =>
            Sample.Keyed(NewEntry($"k{i}") with { Document = new byte[4_000_000] }, Now))]);

        Assert.All(outcomes, outcome => Assert.Equal(UnitVerdict.Committed, outcome.Verdict));
        Assert.Equal(commits + 3, Points.Count(StorePoints.AfterCommit));
    }

    [Fact]
    public async Task Continuations_never_run_on_the_writer()
    {
        var threads = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            await Store.CommitAsync(Keyed($"k{i}")).ConfigureAwait(false);
            return Thread.CurrentThread.Name;
        })));

        Assert.DoesNotContain("postroom-writer", threads);
    }

    [Fact]
    public async Task The_log_is_moved_into_the_database_while_units_come()
    {
        for (var i = 0; i < 200; i++)
        {
            await PostAsync(NewEntry($"k{i}") with { Document = new byte[4000] });
        }

        Assert.True(Points.Count(StorePoints.Checkpoint) >= 5);
        Assert.InRange(new FileInfo(Folder.File("postroom.db-wal")).Length, 1, 400_000);
    }

    [Fact]
    public async Task A_clean_close_leaves_no_log()
    {
        await PostAsync("k");
        await Store.DisposeAsync();

        Assert.Equal(["postroom.db", "postroom.lock"], Files());
    }

    [Fact]
    public async Task A_view_that_is_open_does_not_keep_units_from_being_committed()
    {
        using var reader = Store.Read();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(
                UnitVerdict.Committed,
                (await PostAsync(NewEntry($"k{i}") with { Document = new byte[4000] })).Verdict);
        }

        Assert.Empty(reader.ListEntries(new EntryQuery()).Entries);
    }

    private static IEnumerable<UnitVerdict> Verdicts(UnitOutcome[] outcomes) =>
        outcomes.Select(outcome => outcome.Verdict);

    private PostUnit Keyed(string key, string document = """{"name":"Ada"}""") =>
        Sample.Keyed(NewEntry(key, document), Now);
}
