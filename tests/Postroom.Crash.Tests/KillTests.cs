using System.Globalization;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;

namespace Postroom.Crash.Tests;

/// <summary>SIGKILL at any moment loses nothing that was acknowledged and does nothing twice.</summary>
public sealed class KillTests
{
    private const int Seed = 20_260_731;

    [Fact]
    public async Task Killed_while_posts_are_under_way_again_and_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        var wanted = Environment.GetEnvironmentVariable("POSTROOM_KILLS") ?? "30";
        var kills = int.Parse(wanted, CultureInfo.InvariantCulture);
        using var run = new KillRun(Seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await run.LiveUntilKilled();
        }

        const long LogMax = 12 * 1024 * 1024; // a few of the store's 3 MiB, however many lives came before
        Assert.InRange(new FileInfo(Path.Combine(run.Site.Data, "postroom.db-wal")).Length, 0, LogMax);
        await run.Finish(PostroomEntries.Read);
        Assert.True(run.Violations.Count == 0, string.Join("\n", run.Violations.Take(20)));
        Assert.True(run.History.Acknowledged.Count > kills);
    }

    [Theory]
    [InlineData("before-commit", 5)]
    [InlineData("after-commit", 5)]
    [InlineData("after-acknowledge", 5)]
    [InlineData("checkpoint", 1)]
    [InlineData("generation-sealed", 1)]
    public async Task Killed_at_a_named_point_of_the_store(string point, int pass)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        using var run = new KillRun(Seed + pass);
        Assert.True(await run.LiveUntilPoint(point, pass), "The server did not kill itself.");
        await run.Finish(PostroomEntries.Read);
        Assert.True(run.Violations.Count == 0, string.Join("\n", run.Violations.Take(20)));
    }

    [Fact]
    public async Task A_server_that_answers_before_the_commit_is_found_out_by_a_kill()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        using var run = new KillRun(Seed);
        await run.LiveUntilKilled("Postroom.Crash.Host", "--hasty", "--stall", "before-commit:1");
        await run.Finish(PostroomEntries.Read);
        Assert.Contains(run.Violations, violation => violation.Kind == ViolationKind.Lost);
    }
}
