using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Files;
using Postroom.Hosting;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Crash.Tests;

/// <summary>SIGKILL while forms with files are under way: once, whole, and nothing left over for ever.</summary>
public sealed class FileKillTests
{
    private const int Seed = 20_261_125;

    [Fact]
    public async Task Killed_while_files_are_under_way_again_and_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        var wanted = Environment.GetEnvironmentVariable("POSTROOM_KILLS") ?? "12";
        var kills = int.Parse(wanted, CultureInfo.InvariantCulture);
        using var run = new KillRun(Seed, PostedForm.Content, postsOfALife: 40);
        for (var kill = 0; kill < kills; kill++)
        {
            await run.LiveUntilKilled();
        }

        await FinishAsync(run);
        Assert.True(run.History.Acknowledged.Count > kills);
        await AssertSweptAsync(run.Site.Data);
    }

    [Theory]
    [InlineData("unit-queued", 7)]
    [InlineData("before-commit", 5)]
    [InlineData("after-commit", 5)]
    [InlineData("after-acknowledge", 5)]
    public async Task Killed_at_a_named_point_of_the_store(string point, int pass)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL and LD_PRELOAD: Linux only.");
        using var run = new KillRun(Seed + pass, PostedForm.Content, postsOfALife: 40);
        Assert.True(await run.LiveUntilPoint(point, pass), "The server did not kill itself.");
        await FinishAsync(run);
    }

    private static async Task FinishAsync(KillRun run)
    {
        await run.Finish(PostroomEntries.Read);
        Assert.True(run.Violations.Count == 0, string.Join("\n", run.Violations.Take(20)));
        Assert.Empty(FileOracle.Check(run.Site.Data));
    }

    /// <summary>What the kills left over goes once it is old, and nothing else does.</summary>
    private static async Task AssertSweptAsync(string data)
    {
        var folder = Path.Combine(data, "files");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - (2 * FileSweep.Grace));
        }

        await using var store = await SqlitePostStore.OpenAsync(
            new SqliteStoreOptions { Folder = data }, TimeProvider.System, EntropySource.System, NullLogger.Instance);
        var swept = await new FileSweep(store, new DiskFileStore(folder), TimeProvider.System).RunAsync(CancellationToken.None);
        var named = PostroomEntries.ReadFiles(data).Select(file => Path.Combine(data, file.Path));
        Assert.True(swept > 0, "No kill left a file behind: the test kills too late.");
        Assert.Equal(
            named.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }
}
