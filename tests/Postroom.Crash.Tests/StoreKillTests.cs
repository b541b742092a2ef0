using Postroom.Crash.Host;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests;

/// <summary>The store's process dies at a named point; the next one finds all that was acknowledged, once.</summary>
public sealed class StoreKillTests
{
    private const int Units = 600;

    public static TheoryData<string, int> Points => new()
    {
        { "unit-queued", 1 },
        { "unit-queued", 300 },
        { "batch-begun", 1 },
        { "batch-begun", 9 },
        { "before-commit", 1 },
        { "before-commit", 9 },
        { "after-commit", 1 },
        { "after-commit", 9 },
        { "before-acknowledge", 1 },
        { "before-acknowledge", 9 },
        { "after-acknowledge", 1 },
        { "after-acknowledge", 9 },
        { "checkpoint", 1 },
        { "checkpoint", 3 },
        { "generation-sealed", 1 },
        { "generation-sealed", 3 },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_named_point_nothing_acknowledged_is_lost(string point, int pass)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL: Linux only.");
        using var folder = ScratchFolder.OnDisk();
        using var host = HostProcess.Start(
            RepositoryLayout.Executable("Postroom.Crash.Host"),
            ["store", folder["data"], $"{Units}", "32", "--kill", $"{point}:{pass}"]);
        var report = await HostReport.Read(host, Enumerable.Range(0, Units).Select(StoreUnits.Key));
        Assert.True(await host.ExitCode(TimeSpan.FromSeconds(30)) == 128 + 9, host.Errors);
        Assert.Empty(await StoreReopening.Check(folder["data"], report.Posts, long.MaxValue));
        Assert.Empty(DurabilityOracle.Check(report.Posts, long.MaxValue, PostroomEntries.Read(folder["data"])));
        Assert.Empty(PostroomEntries.WithoutTheirJob(folder["data"]));
        Assert.Equal(Units, PostroomEntries.Read(folder["data"]).Count);
    }
}
