using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>The promise as a client meets it: 2xx means that no power loss takes it away.</summary>
public sealed class ServerPowerLossTests
{
    private const int Posts = 900;
    private const int Seed = 20_260_731;

    [Fact]
    public async Task Nothing_acknowledged_over_HTTP_is_lost_in_any_power_loss()
    {
        var run = await ServerRun.Record("Postroom.Server", Posts);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Posts, run.Posts.Acknowledged.Count);
        var end = run.Disk.Log.EventCount;
        var rebuilt = new CrashStateBuilder(run.Disk).Build(end, PowerLossKind.EverythingArrived, 0);
        DiskImageAssert.Same(run.Left, rebuilt);
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, run.ReadDirectly).Run(120, Seed));
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, run.Restart).Run(3, Seed + 1));
    }

    [Fact]
    public async Task A_second_power_loss_during_the_recovery_from_the_first_loses_nothing_either()
    {
        var first = await ServerRun.Record("Postroom.Server", Posts / 3);
        var point = first.Disk.Log.EventCount * 3 / 4;
        var image = new CrashStateBuilder(first.Disk).Build(point, PowerLossKind.RandomSubset, Seed);
        var known = first.Posts.Before(first.Disk.Log.MomentOf(point));
        var second = await ServerRun.Record("Postroom.Server", Posts / 3, before: (image, known));
        Assert.Equal(Posts / 3, second.Posts.Acknowledged.Count);
        CrashSweep.AssertNone(await new CrashSweep(second.Disk, second.ReadDirectly).Run(60, Seed));
    }

    [Fact]
    public async Task A_server_on_a_disk_that_drops_its_fsyncs_is_found_out()
    {
        var run = await ServerRun.Record(
            "Postroom.Server", Posts / 3, faults: new() { ["POSTROOM_FAULT_DROP_SYNC"] = "1" });
        Assert.Equal(Posts / 3, run.Posts.Acknowledged.Count);
        var found = await new CrashSweep(run.Disk, run.ReadDirectly).Run(30, Seed);
        Assert.Contains(found, finding => finding.Has(ViolationKind.Lost));
    }

    [Fact]
    public async Task A_server_that_answers_before_the_commit_is_found_out()
    {
        var run = await ServerRun.Record("Postroom.Crash.Host", Posts / 2, options: ["--hasty"]);
        var found = await new CrashSweep(run.Disk, run.ReadDirectly).Run(60, Seed);
        Assert.Contains(found, finding => finding.Has(ViolationKind.Lost));
    }
}
