using Postroom.Crash.Host;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>The store on a disk that fails or is full, as the kernel tells it.</summary>
public sealed class StoreFaultTests
{
    private const int Units = 600;
    private const int Seed = 20_260_731;

    /// <summary>The log fails in a commit, the database in a checkpoint: neither may be followed by a yes.</summary>
    [Theory]
    [InlineData("postroom.db-wal")]
    [InlineData("postroom.db")]
    public async Task A_failed_fsync_ends_the_acknowledgements_and_the_process(string file)
    {
        using var control = ScratchFolder.InMemory();
        var run = await Record(
            new()
            {
                ["POSTROOM_FAULT_SYNC"] = "1",
                ["POSTROOM_FAULT_SYNC_ON"] = file,
                ["POSTROOM_FAULT_SYNC_WHILE"] = control["on"],
            },
            report =>
            {
                if (report.Posts.Acknowledged.Count == 100)
                {
                    File.WriteAllText(control["on"], "");
                }
            });
        Assert.Equal(70, run.ExitCode);
        Assert.Contains("Unknown", run.Report.Verdicts.Values);
        Assert.InRange(run.Posts.Acknowledged.Count, 100, Units - 1);
        CrashSweep.AssertNone(await Sweep(run, 40));
    }

    [Fact]
    public async Task A_full_disk_refuses_cleanly_and_service_resumes_when_there_is_space()
    {
        using var control = ScratchFolder.InMemory();
        var refusals = 0;
        var run = await Record(
            new() { ["POSTROOM_FAULT_FULL_WHILE"] = control["full"], ["POSTROOM_FAULT_FULL_AFTER"] = "100000" },
            report =>
            {
                if (report.Posts.Acknowledged.Count == 200 && refusals == 0)
                {
                    File.WriteAllText(control["full"], "");
                }

                refusals += report.Verdicts.Count > 0 ? 1 : 0;
                if (refusals == 50)
                {
                    File.Delete(control["full"]);
                }
            });
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("Full", Assert.Single(run.Report.Verdicts.Values.Distinct()));
        Assert.Equal(Units, run.Posts.Acknowledged.Count);
        CrashSweep.AssertNone(await Sweep(run, 40));
    }

    /// <summary>The first fsync of a life fails, in another life the second, and so on until one has no more.</summary>
    [Fact]
    public async Task Whichever_fsync_fails_from_the_start_to_the_end_nothing_acknowledged_is_lost()
    {
        const int Few = 40;
        var ends = new List<int>();
        for (var failed = true; failed;)
        {
            var run = await HostRun.Record(
                folder => ["store", Path.Combine(folder, "data"), $"{Few}", "8"],
                Enumerable.Range(0, Few).Select(StoreUnits.Key),
                new() { ["POSTROOM_FAULT_SYNC"] = $"{ends.Count + 1}" });
            var kinds = Enum.GetValues<PowerLossKind>().Length;
            var sweep = new CrashSweep(run.Disk, (folder, crashed) => Reopen(run, folder, crashed));
            CrashSweep.AssertNone(await sweep.Run(kinds, Seed));
            ends.Add(run.ExitCode);
            failed = run.Disk.Log.Operations.Any(call => call.Marks.HasFlag(DiskMarks.Injected));
        }

        Assert.Equal(0, ends[^1]);
        Assert.Contains(70, ends);
        Assert.True(ends.Count > 10, $"{ends.Count} lives");
    }

    private static Task<HostRun> Record(Dictionary<string, string> faults, Action<HostReport> seen) => HostRun.Record(
        folder => ["store", Path.Combine(folder, "data"), $"{Units}", "32"],
        Enumerable.Range(0, Units).Select(StoreUnits.Key),
        faults,
        seen);

    private static Task<List<CrashFinding>> Sweep(HostRun run, int states) =>
        new CrashSweep(run.Disk, (folder, crashed) => ReadDirectly(run, folder, crashed)).Run(states, Seed);

    private static List<Violation> ReadDirectly(HostRun run, string folder, long crashed)
    {
        var data = Path.Combine(folder, "data");
        return
        [
            .. DurabilityOracle.Check(run.Posts, crashed, PostroomEntries.Read(data)),
            .. PostroomEntries.WithoutTheirJob(data),
        ];
    }

    private static async Task<List<Violation>> Reopen(HostRun run, string folder, long crashed)
    {
        var data = Path.Combine(folder, "data");
        var violations = await StoreReopening.Check(data, run.Posts, crashed);
        return [.. violations, .. PostroomEntries.WithoutTheirJob(data)];
    }
}
