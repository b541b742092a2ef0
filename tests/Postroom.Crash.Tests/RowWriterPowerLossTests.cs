using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>The kit, proved on a small store: it passes when that is honest and complains when it is not.</summary>
public sealed class RowWriterPowerLossTests
{
    private const int Rows = 150;
    private const int Seed = 20_260_731;

    [Fact]
    public async Task What_was_recorded_rebuilds_the_folder_byte_for_byte()
    {
        var run = await Record();
        var end = run.Disk.Log.EventCount;
        var rebuilt = new CrashStateBuilder(run.Disk).Build(end, PowerLossKind.EverythingArrived, 0);
        DiskImageAssert.Same(run.Left, rebuilt);
    }

    [Fact]
    public async Task A_writer_that_acknowledges_after_its_fsync_loses_nothing_in_any_power_loss()
    {
        var run = await Record();
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        CrashSweep.AssertNone(await Sweep(run, 250));
    }

    [Fact]
    public async Task A_dropped_fsync_is_found_out()
    {
        var run = await Record(faults: new() { ["POSTROOM_FAULT_DROP_SYNC"] = "1" });
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.NotEmpty(await Sweep(run, 60));
    }

    [Fact]
    public async Task An_acknowledgement_before_the_commit_is_found_out()
    {
        var run = await Record("early");
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.Contains(await Sweep(run, 250), finding => finding.Has(ViolationKind.Lost));
    }

    [Fact]
    public async Task A_store_that_syncs_only_at_checkpoints_is_found_out()
    {
        var run = await Record("normal");
        Assert.Equal(Rows, run.Posts.Acknowledged.Count);
        Assert.Contains(await Sweep(run, 60), finding => finding.Has(ViolationKind.Lost));
    }

    [Fact]
    public async Task A_failing_fsync_stops_the_acknowledgements()
    {
        var run = await Record(faults: new()
        {
            ["POSTROOM_FAULT_SYNC"] = "30", ["POSTROOM_FAULT_SYNC_ON"] = "-wal",
        });
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("SQLite answered", run.Errors, StringComparison.Ordinal);
        Assert.InRange(run.Posts.Acknowledged.Count, 20, 30);
        Assert.Equal(5, Assert.Single(run.Disk.Log.Operations, operation => operation.Failed).Error);
    }

    [Fact]
    public async Task A_full_disk_stops_the_acknowledgements()
    {
        using var control = ScratchFolder.InMemory();
        await File.WriteAllTextAsync(control["full"], "", TestContext.Current.CancellationToken);
        var run = await Record(faults: new()
        {
            ["POSTROOM_FAULT_FULL_WHILE"] = control["full"], ["POSTROOM_FAULT_FULL_AFTER"] = "300000",
        });
        Assert.NotEqual(0, run.ExitCode);
        Assert.InRange(run.Posts.Acknowledged.Count, 5, 60);
        CrashSweep.AssertNone(await Sweep(run, 60));
    }

    private static Task<HostRun> Record(string mode = "honest", Dictionary<string, string>? faults = null) =>
        HostRun.Record(
            folder => ["rows", folder, $"{Rows}", mode],
            Enumerable.Range(0, Rows).Select(number => $"row-{number:D6}"),
            faults);

    private static Task<List<CrashFinding>> Sweep(HostRun run, int states) =>
        new CrashSweep(run.Disk, (folder, crashed) => ReadDirectly(run, folder, crashed)).Run(states, Seed);

    private static List<Violation> ReadDirectly(HostRun run, string folder, long crashed)
    {
        var path = Path.Combine(folder, "rows.db");
        var stored = SqliteEntries.Read(path, "entries", "SELECT key, status, answer FROM entries");
        return DurabilityOracle.Check(run.Posts, crashed, stored);
    }
}
