using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A recorded run of the crash host, to its end.</summary>
/// <param name="Disk">What it did to the disk.</param>
/// <param name="Posts">What it acknowledged, and when we read that.</param>
/// <param name="Verdicts">Keys that ended otherwise, with their verdict.</param>
/// <param name="Left">The folder as it lay there afterwards.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Errors">What it said on standard error.</param>
internal sealed record HostRun(
    DiskHistory Disk,
    PostHistory Posts,
    IReadOnlyDictionary<string, string> Verdicts,
    DiskImage Left,
    int ExitCode,
    string Errors)
{
    /// <param name="arguments">The command line, given the watched folder.</param>
    /// <param name="keys">What it will send.</param>
    /// <param name="faults">See faults.c.</param>
    /// <param name="seen">Told the number of acknowledgements after each.</param>
    public static async Task<HostRun> Record(
        Func<string, string[]> arguments,
        IEnumerable<string> keys,
        Dictionary<string, string>? faults = null,
        Action<int>? seen = null)
    {
        var library = RecorderLibrary.Require();
        using var data = ScratchFolder.OnDisk();
        using var logs = ScratchFolder.InMemory();
        var recorded = new RecordedRun(library, data.Path, logs["log"]) { Faults = faults ?? [] };
        var program = RepositoryLayout.Executable("Postroom.Crash.Host");
        var posts = new PostHistory();
        var verdicts = new Dictionary<string, string>();
        foreach (var key in keys)
        {
            posts.Send(key, 0);
        }

        using var host = HostProcess.Start(program, arguments(data.Path), recorded);
        while (await host.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Note(line, posts, verdicts);
            seen?.Invoke(posts.Acknowledged.Count);
        }

        var exitCode = await host.ExitCode(TimeSpan.FromSeconds(30));
        var disk = new DiskHistory(DiskLog.Read(logs["log"]), data.Path, new DiskImage());
        return new HostRun(disk, posts, verdicts, DiskImage.Of(data.Path), exitCode, host.Errors);
    }

    /// <summary>A line is a key, then nothing, or the answer in Base64, or a verdict after an exclamation mark.</summary>
    private static void Note(string line, PostHistory posts, Dictionary<string, string> verdicts)
    {
        var moment = Stopwatch.GetTimestamp();
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (key, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
        if (rest.StartsWith('!'))
        {
            verdicts[key] = rest[1..];
            return;
        }

        var body = rest.Length == 0 ? null : Convert.FromBase64String(rest);
        posts.Acknowledge(new Acknowledgement(key, 201, body, moment));
    }
}
