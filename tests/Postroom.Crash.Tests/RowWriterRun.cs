using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A recorded run of the row writer, to its end.</summary>
internal sealed record RowWriterRun(DiskLog Log, DiskHistory Disk, PostHistory Posts, DiskImage Left)
{
    public static async Task<RowWriterRun> Record(int rows, bool early = false, Dictionary<string, string>? faults = null)
    {
        var library = RecorderLibrary.Require();
        using var data = ScratchFolder.OnDisk();
        using var logs = ScratchFolder.InMemory();
        var recorded = new RecordedRun(library, data.Path, logs["log"]) { Faults = faults ?? [] };
        List<string> arguments = ["rows", data.Path, $"{rows}"];
        if (early)
            arguments.Add("early");
        using var host = HostProcess.Start(RepositoryLayout.Executable("Postroom.Crash.Host"), arguments, recorded);
        var posts = new PostHistory();
        for (var number = 0; number < rows; number++)
            posts.Send($"row-{number:D6}", 0);
        while (await host.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } key)
            posts.Acknowledge(new Acknowledgement(key, 201, null, Stopwatch.GetTimestamp()));
        Assert.True(await host.ExitCode(TimeSpan.FromSeconds(30)) == 0, host.Errors);
        var log = DiskLog.Read(logs["log"]);
        return new RowWriterRun(log, new DiskHistory(log, data.Path, new DiskImage()), posts, DiskImage.Of(data.Path));
    }
}
