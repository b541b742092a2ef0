using Postroom.Crash.Host;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>The embedded store through power losses at every kind of moment of a run.</summary>
public sealed class StorePowerLossTests
{
    private const int Units = 600;
    private const int Seed = 20_260_731;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_no_unit_is_torn()
    {
        var run = await Record();
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Units, run.Posts.Acknowledged.Count);
        var end = run.Disk.Log.EventCount;
        var rebuilt = new CrashStateBuilder(run.Disk).Build(end, PowerLossKind.EverythingArrived, 0);
        DiskImageAssert.Same(run.Left, rebuilt); // or else the recording missed a call and proves nothing
        CrashSweep.AssertNone(await Sweep(run, ReadDirectly, 200, Seed));
        CrashSweep.AssertNone(await Sweep(run, Reopen, 40, Seed + 1));
    }

    [Fact]
    public async Task A_dropped_fsync_is_found_out()
    {
        var run = await Record(faults: new() { ["POSTROOM_FAULT_DROP_SYNC"] = "1" });
        Assert.Equal(Units, run.Posts.Acknowledged.Count);
        var found = await Sweep(run, ReadDirectly, 40, Seed);
        Assert.Contains(found, finding => finding.Has(ViolationKind.Lost));
    }

    [Fact]
    public async Task An_acknowledgement_before_the_commit_is_found_out()
    {
        var run = await Record("--hasty");
        var found = await Sweep(run, ReadDirectly, 60, Seed);
        Assert.Contains(found, finding => finding.Has(ViolationKind.Lost));
    }

    private static Task<HostRun> Record(string? option = null, Dictionary<string, string>? faults = null) =>
        HostRun.Record(
            folder => ["store", DataIn(folder), $"{Units}", "32", .. option is null ? Array.Empty<string>() : [option]],
            Enumerable.Range(0, Units).Select(StoreUnits.Key),
            faults);

    /// <summary>Below the watched folder, so that the making of the data folder itself is judged too.</summary>
    private static string DataIn(string folder) => Path.Combine(folder, "below/data");

    private static Task<List<CrashFinding>> Sweep(
        HostRun run, Func<HostRun, string, long, Task<List<Violation>>> judge, int states, int seed) =>
        new CrashSweep(run.Disk, (folder, crashed) => judge(run, folder, crashed)).Run(states, seed);

    private static Task<List<Violation>> ReadDirectly(HostRun run, string folder, long crashed) =>
        Task.FromResult<List<Violation>>(
        [
            .. DurabilityOracle.Check(run.Posts, crashed, PostroomEntries.Read(DataIn(folder))),
            .. PostroomEntries.WithoutTheirJob(DataIn(folder)),
        ]);

    private static async Task<List<Violation>> Reopen(HostRun run, string folder, long crashed)
    {
        var violations = await StoreReopening.Check(DataIn(folder), run.Posts, crashed);
        return [.. violations, .. PostroomEntries.WithoutTheirJob(DataIn(folder))];
    }
}
