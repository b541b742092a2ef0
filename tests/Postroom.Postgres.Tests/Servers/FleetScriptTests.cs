using System.Text.RegularExpressions;
using Postroom.Server.Tests.Programs;
using Postroom.Tests.Walls;

namespace Postroom.Postgres.Tests.Servers;

/// <summary>scripts/fleet.sh as a visitor runs it, in a short form.</summary>
public sealed partial class FleetScriptTests
{
    private const int LacksWhatItNeeds = 3;

    private static string Script => Path.Combine(Repository.Root, "scripts", "fleet.sh");

    [Fact]
    public async Task The_fleet_loses_and_doubles_nothing_while_nodes_are_killed_under_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for Linux.");
        using var folder = new TestFolder();
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL may be started as nobody, who has to find its folder.
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute);
        }

        var run = await PostroomProgram.RunAsync(new ProgramStart(
            "/bin/bash", Script, "--seconds", "3", "--rate", "100", "--built", new DirectoryInfo(AppContext.BaseDirectory).Name)
        {
            Variables = new Dictionary<string, string> { ["TMPDIR"] = folder.Path },
            Patience = TimeSpan.FromMinutes(5),
        });

        Assert.SkipWhen(run.ExitCode == LacksWhatItNeeds, run.Error);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(2, KilledNode().Count(run.Output));
        var counts = Count().Matches(run.Output).ToDictionary(
            match => match.Groups["name"].Value, match => int.Parse(match.Groups["number"].ValueSpan, null));
        Assert.Equal((300, 300), (counts["acknowledged"], counts["stored"]));
        Assert.Equal((0, 0, 0), (counts["lost"], counts["doubled"], counts["answer changed"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--rate", "none")]
    [InlineData("--seconds")]
    [InlineData("--nodes", "3")]
    public async Task An_option_that_it_does_not_have_shows_those_that_it_has(params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for Linux.");

        var run = await PostroomProgram.RunAsync(new ProgramStart("/bin/bash", [Script, .. options]));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--seconds 8", run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"kill -9 of node \d, process \d+", RegexOptions.None, 5000)]
    private static partial Regex KilledNode();

    [GeneratedRegex(@"^(?<name>[a-z ]+?) +(?<number>\d+)$", RegexOptions.Multiline, 5000)]
    private static partial Regex Count();
}
