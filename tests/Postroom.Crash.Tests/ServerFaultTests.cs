using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests;

/// <summary>The server on a disk that fails or is full: what it says, and that it says the truth.</summary>
public sealed class ServerFaultTests
{
    private const int Posts = 600;
    private const int Seed = 20_260_731;

    [Fact]
    public async Task A_failed_fsync_is_told_as_unknown_and_the_program_ends_with_70()
    {
        using var control = ScratchFolder.InMemory();
        var acknowledged = 0;
        var run = await ServerRun.Record(
            "Postroom.Server",
            Posts,
            faults: new()
            {
                ["POSTROOM_FAULT_SYNC"] = "1",
                ["POSTROOM_FAULT_SYNC_ON"] = "postroom.db-wal",
                ["POSTROOM_FAULT_SYNC_WHILE"] = control["on"],
            },
            seen: reply =>
            {
                acknowledged += reply.IsAcknowledged ? 1 : 0;
                if (acknowledged == 100)
                {
                    File.WriteAllText(control["on"], "");
                }
            },
            stopsItself: true);
        Assert.Equal(70, run.ExitCode);
        Assert.InRange(run.Posts.Acknowledged.Count, 100, Posts - 1);
        Assert.Contains(run.Replies, reply => reply.Status == 503 && Has(reply, "outcome-unknown"));
        Assert.All(
            run.Replies.Where(reply => reply.Status != 0 && !reply.IsAcknowledged),
            reply => Assert.True(reply.Status == 503 && Has(reply, "outcome-unknown"), reply.Text));
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, run.ReadDirectly).Run(40, Seed));
        using var left = ScratchFolder.OnDisk();
        run.Left.WriteTo(left.Path);
        Assert.Empty(await run.Restart(left.Path, long.MaxValue));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_full_and_service_resumes_when_there_is_space()
    {
        using var disk = new FullDisk(after: 150, refusals: 100);
        var run = await ServerRun.Record("Postroom.Server", Posts, faults: disk.Faults, seen: disk.See);
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            run.Replies.Where(reply => !reply.IsAcknowledged),
            reply => Assert.True(reply.Status == 507 && Has(reply, "storage-full"), $"{reply.Status} {reply.Text}"));
        Assert.True(run.Replies.Count(reply => reply.Status == 507) >= 100);
        Assert.True(run.Replies.Count(reply => reply.IsAcknowledged) > 250);
        CrashSweep.AssertNone(await new CrashSweep(run.Disk, run.ReadDirectly).Run(40, Seed));
        using var left = ScratchFolder.OnDisk();
        run.Left.WriteTo(left.Path);
        Assert.Empty(await run.Restart(left.Path, long.MaxValue));
    }

    private static bool Has(PostReply reply, string code) =>
        reply.Text.Contains($"\"{code}\"", StringComparison.Ordinal);
}
