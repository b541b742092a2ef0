using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

public sealed class RecorderTests
{
    [Fact]
    public async Task Every_way_to_change_a_file_is_in_the_log()
    {
        using var data = ScratchFolder.OnDisk();
        var log = await Record(data);
        var left = DiskImage.Of(data.Path);
        var disk = new DiskHistory(log, data.Path, new DiskImage());
        var rebuilt = new CrashStateBuilder(disk).Build(log.EventCount, PowerLossKind.EverythingArrived, 0);
        DiskImageAssert.Same(left, rebuilt);
    }

    [Fact]
    public async Task The_order_of_the_log_is_the_order_of_its_moments_on_each_call()
    {
        using var data = ScratchFolder.OnDisk();
        var log = await Record(data);
        foreach (var call in log.Operations)
        {
            Assert.True(log.MomentOf(call.Begin) <= log.MomentOf(call.End));
        }
        Assert.True(log.Operations.Count > 60);
    }

    [Fact]
    public async Task Calls_that_NET_looks_up_by_name_are_in_the_log_too()
    {
        using var data = ScratchFolder.OnDisk();
        var log = await Record(data);
        var open = Assert.Single(log.Operations, call => call.Kind == DiskOperationKind.Open && call.Path == data.Path);
        Assert.Contains(log.Operations, call => call.Kind == DiskOperationKind.Sync && call.Handle == open.Handle);
    }

    private static async Task<DiskLog> Record(ScratchFolder data)
    {
        using var logs = ScratchFolder.InMemory();
        var recorded = new RecordedRun(RecorderLibrary.Require(), data.Path, logs["log"]);
        var program = RepositoryLayout.Executable("Postroom.Crash.Host");
        using var host = HostProcess.Start(program, ["calls", data.Path], recorded);
        Assert.True(await host.ExitCode(TimeSpan.FromSeconds(30)) == 0, host.Errors);
        return DiskLog.Read(logs["log"]);
    }
}
