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
        var kills = int.Parse(Environment.GetEnvironmentVariable("POSTROOM_KILLS") ?? "30", CultureInfo.InvariantCulture);
        using var run = new KillRun(Seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await run.LiveUntilKilled();
        }

        await run.Finish(PostroomEntries.Read);
        Assert.True(run.Violations.Count == 0, string.Join("\n", run.Violations.Take(20)));
        Assert.True(run.History.Acknowledged.Count > kills);
    }

    [Theory]
    [InlineData("unit-queued", 60)]
    [InlineData("before-commit", 5)]
    [InlineData("after-commit", 5)]
    [InlineData("before-acknowledge", 5)]
    [InlineData("after-acknowledge", 5)]
    public async Task Killed_at_a_named_point_of_the_store(string point, int pass)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        using var run = new KillRun(Seed + pass);
        Assert.True(await run.LiveUntilPoint(point, pass), "The server did not kill itself.");
        await run.Finish(PostroomEntries.Read);
        Assert.True(run.Violations.Count == 0, string.Join("\n", run.Violations.Take(20)));
    }
}
