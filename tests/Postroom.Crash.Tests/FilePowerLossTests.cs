using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A 2xx for a form with files means that no power loss takes the entry or a byte of its files away.</summary>
public sealed class FilePowerLossTests
{
    private const int Posts = 120;
    private const int Seed = 20_261_125;

    [Fact]
    public async Task No_entry_is_without_a_byte_of_its_files_in_any_power_loss()
    {
        var run = await ServerRun.Record("Postroom.Server", Posts, content: PostedForm.Content);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Posts, run.Posts.Acknowledged.Count);
        var end = run.Disk.Log.EventCount;
        var rebuilt = new CrashStateBuilder(run.Disk).Build(end, PowerLossKind.EverythingArrived, 0);
        DiskImageAssert.Same(run.Left, rebuilt);
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, (folder, crashed) => Read(run, folder, crashed)).Run(150, Seed));
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, (folder, crashed) => RestartAsync(run, folder, crashed)).Run(3, Seed));
    }

    [Fact]
    public async Task A_server_whose_syncs_of_files_do_nothing_loses_files_and_is_found_out()
    {
        var run = await ServerRun.Record(
            "Postroom.Server",
            Posts / 3,
            faults: new() { ["POSTROOM_FAULT_DROP_SYNC"] = "1", ["POSTROOM_FAULT_DROP_SYNC_IN"] = "/files/" },
            content: PostedForm.Content);
        var found = await new CrashSweep(run.Disk, (folder, crashed) => Read(run, folder, crashed)).Run(40, Seed);
        Assert.Contains(found, finding => finding.Has(ViolationKind.FileLost));
    }

    [Fact]
    public async Task A_disk_that_is_full_refuses_forms_and_keeps_nothing_half()
    {
        using var disk = new FullDisk(after: 20, refusals: 20);
        var run = await ServerRun.Record(
            "Postroom.Server",
            Posts,
            faults: disk.Faults,
            seen: disk.See,
            content: PostedForm.Content);
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Replies.Where(reply => !reply.IsAcknowledged), reply => Assert.True(
            reply.Status == 507 && reply.Text.Contains("storage-full", StringComparison.Ordinal), $"{reply.Status} {reply.Text}"));
        Assert.True(disk.Acknowledged > 20, "Service did not resume.");
        using var left = Processes.ScratchFolder.OnDisk();
        run.Left.WriteTo(left.Path);
        Assert.Empty(Read(run, left.Path, long.MaxValue));

        // Nothing of what was refused stays: every file is one that an entry names.
        var named = PostroomEntries.ReadFiles(left["data"]).Select(file => Path.Combine(left["data"], file.Path));
        Assert.Equal(
            named.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(left["data/files"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    private static List<Violation> Read(ServerRun run, string folder, long crashed) =>
        [.. run.ReadDirectly(folder, crashed), .. FileOracle.Check(Path.Combine(folder, "data"))];

    private static async Task<List<Violation>> RestartAsync(ServerRun run, string folder, long crashed) =>
        [.. await run.Restart(folder, crashed), .. FileOracle.Check(Path.Combine(folder, "data"))];
}
