using System.Diagnostics;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Docs;

public sealed class FirstCommandTests
{
    /// <summary>
    /// The web SDK runs a program in its project's folder unless told otherwise; then the README's first command finds no
    /// example.
    /// </summary>
    [Fact]
    public async Task Paths_after_dotnet_run_are_those_of_whoever_runs_it()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["run", "--no-build", "-c", "Release", "--project", "src/Postroom.Server", "--",
            "check", "examples/contact"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await error);
        Assert.Equal("1 endpoint, no faults.", output.Trim());
        Assert.Equal(0, process.ExitCode);
    }
}
