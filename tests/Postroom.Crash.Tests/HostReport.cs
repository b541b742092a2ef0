using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests;

/// <summary>What the crash host told on its standard output.</summary>
/// <param name="Posts">What it acknowledged, and when we read that.</param>
/// <param name="Verdicts">Keys that ended otherwise, with their verdict.</param>
internal sealed record HostReport(PostHistory Posts, IReadOnlyDictionary<string, string> Verdicts)
{
    /// <param name="host">The running host; it is read to the end of its output.</param>
    /// <param name="keys">What it will send.</param>
    /// <param name="seen">Told what is known, after each line.</param>
    public static async Task<HostReport> Read(
        HostProcess host, IEnumerable<string> keys, Action<HostReport>? seen = null)
    {
        var verdicts = new Dictionary<string, string>();
        var report = new HostReport(new PostHistory(), verdicts);
        foreach (var key in keys)
        {
            report.Posts.Send(key, 0);
        }

        while (await host.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Note(line, report.Posts, verdicts);
            seen?.Invoke(report);
        }

        return report;
    }

    /// <summary>A line is a key, then nothing, the answer in Base64, or a verdict after an exclamation mark.</summary>
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
