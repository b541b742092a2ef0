using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A recorded run of the crash host, to its end.</summary>
/// <param name="Disk">What it did to the disk.</param>
/// <param name="Report">What it told.</param>
/// <param name="Left">The folder as it lay there afterwards.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Errors">What it said on standard error.</param>
internal sealed record HostRun(DiskHistory Disk, HostReport Report, DiskImage Left, int ExitCode, string Errors)
{
    public PostHistory Posts => Report.Posts;

    /// <param name="arguments">The command line, given the watched folder.</param>
    /// <param name="keys">What it will send.</param>
    /// <param name="faults">See faults.c.</param>
    /// <param name="seen">Told what is known, after each line.</param>
    public static async Task<HostRun> Record(
        Func<string, string[]> arguments,
        IEnumerable<string> keys,
        Dictionary<string, string>? faults = null,
        Action<HostReport>? seen = null)
    {
        var library = RecorderLibrary.Require();
        using var data = ScratchFolder.OnDisk();
        using var logs = ScratchFolder.InMemory();
        var recorded = new RecordedRun(library, data.Path, logs["log"]) { Faults = faults ?? [] };
        var program = RepositoryLayout.Executable("Postroom.Crash.Host");
        using var host = HostProcess.Start(program, arguments(data.Path), recorded);
        var report = await HostReport.Read(host, keys, seen);
        var exitCode = await host.ExitCode(TimeSpan.FromSeconds(30));
        var disk = new DiskHistory(DiskLog.Read(logs["log"]), data.Path, new DiskImage());
        return new HostRun(disk, report, DiskImage.Of(data.Path), exitCode, host.Errors);
    }
}
