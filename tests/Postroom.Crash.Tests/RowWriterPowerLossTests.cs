using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>The kit, proved on a store of forty lines: it passes when that is honest and complains when it is not.</summary>
public sealed class RowWriterPowerLossTests
{
    private const int Rows = 150;
    private const int Seed = 20_260_731;

    [Fact]
    public async Task What_was_recorded_rebuilds_the_folder_byte_for_byte()
    {
        var run = await RowWriterRun.Record(Rows);
        var rebuilt = new CrashStateBuilder(run.Disk).Build(run.Log.EventCount, PowerLossKind.EverythingArrived, 0);
        Assert.Equal(run.Left.Files.Keys.Where(name => !name.EndsWith("-shm", StringComparison.Ordinal)), rebuilt.Files.Keys);
        Assert.All(rebuilt.Files, file => Assert.True(file.Value.Span.SequenceEqual(run.Left.Files[file.Key].Span), file.Key));
    }

    [Fact]
    public async Task A_writer_that_acknowledges_after_its_fsync_loses_nothing_in_any_power_loss()
    {
        var run = await RowWriterRun.Record(Rows);
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.Empty(Sweep(run, 250));
    }

    [Fact]
    public async Task A_dropped_fsync_is_found_out()
    {
        var run = await RowWriterRun.Record(Rows, faults: new() { ["POSTROOM_FAULT_DROP_SYNC"] = "1" });
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.NotEmpty(Sweep(run, 60));
    }

    [Fact]
    public async Task An_acknowledgement_before_the_commit_is_found_out()
    {
        var run = await RowWriterRun.Record(Rows, early: true);
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.Contains(Sweep(run, 250), failure => failure.Contains("Lost", StringComparison.Ordinal));
    }

    private static List<string> Sweep(RowWriterRun run, int states) => new CrashSweep(run.Disk, (folder, crashed) =>
    {
        var stored = SqliteEntries.Read(
            Path.Combine(folder, "rows.db"), "entries", "SELECT key, status, answer FROM entries", out var complaint);
        return complaint is null
            ? DurabilityOracle.Check(run.Posts, crashed, stored)
            : [new Violation(ViolationKind.Unusable, "", complaint)];
    }).Run(states, Seed);
}
