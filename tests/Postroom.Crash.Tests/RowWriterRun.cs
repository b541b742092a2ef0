using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A recorded run of the row writer, to its end.</summary>
internal sealed record RowWriterRun(
    DiskLog Log, DiskHistory Disk, PostHistory Posts, DiskImage Left, int ExitCode, string Errors)
{
    /// <param name="rows">How many rows the writer is to commit.</param>
    /// <param name="mode">honest, early (acknowledges before the commit) or normal (synchronous=NORMAL).</param>
    /// <param name="faults">See faults.c.</param>
    public static async Task<RowWriterRun> Record(
        int rows, string mode = "honest", Dictionary<string, string>? faults = null)
    {
        var library = RecorderLibrary.Require();
        using var data = ScratchFolder.OnDisk();
        using var logs = ScratchFolder.InMemory();
        var recorded = new RecordedRun(library, data.Path, logs["log"]) { Faults = faults ?? [] };
        string[] arguments = ["rows", data.Path, $"{rows}", mode];
        using var host = HostProcess.Start(RepositoryLayout.Executable("Postroom.Crash.Host"), arguments, recorded);
        var posts = new PostHistory();
        for (var number = 0; number < rows; number++)
        {
            posts.Send($"row-{number:D6}", 0);
        }

        while (await host.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } key)
        {
            posts.Acknowledge(new Acknowledgement(key, 201, null, Stopwatch.GetTimestamp()));
        }

        var exitCode = await host.ExitCode(TimeSpan.FromSeconds(30));
        var log = DiskLog.Read(logs["log"]);
        var disk = new DiskHistory(log, data.Path, new DiskImage());
        return new RowWriterRun(log, disk, posts, DiskImage.Of(data.Path), exitCode, host.Errors);
    }
}
