using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Crash.Tests.Processes;
using Postroom.Crash.Tests.Recording;
using Postroom.Crash.Tests.States;

namespace Postroom.Crash.Tests;

/// <summary>A recorded run of the whole server under posts from many connections.</summary>
/// <param name="Disk">What it did below the watched folder, in which data is its data folder.</param>
/// <param name="Posts">What the clients saw.</param>
/// <param name="Replies">Every reply.</param>
/// <param name="Left">The watched folder as it lay there afterwards.</param>
/// <param name="ExitCode">How the server ended.</param>
internal sealed record ServerRun(
    DiskHistory Disk, PostHistory Posts, IReadOnlyList<PostReply> Replies, DiskImage Left, int ExitCode)
{
    private const int Connections = 32;

    /// <summary>Makes the body that belongs to a key; null for JSON.</summary>
    public Func<string, HttpContent>? Content { get; init; }

    /// <param name="program">Postroom.Server, or the crash host.</param>
    /// <param name="posts">How many are sent.</param>
    /// <param name="faults">See faults.c.</param>
    /// <param name="seen">Told every reply.</param>
    /// <param name="options">More arguments of the program.</param>
    /// <param name="before">What lies in the watched folder at the start, and what clients know of it.</param>
    /// <param name="stopsItself">The faults are to end the server; otherwise it is asked to stop.</param>
    /// <param name="content">Makes the body that belongs to a key; JSON unless told.</param>
    public static async Task<ServerRun> Record(
        string program,
        int posts,
        Dictionary<string, string>? faults = null,
        Action<PostReply>? seen = null,
        string[]? options = null,
        (DiskImage Image, PostHistory Posts)? before = null,
        bool stopsItself = false,
        Func<string, HttpContent>? content = null)
    {
        using var site = new PostroomSite();
        using var logs = ScratchFolder.InMemory();
        before?.Image.WriteTo(site.Watched);
        var history = before?.Posts ?? new PostHistory();
        var recorded = new RecordedRun(RecorderLibrary.Require(), site.Watched, logs["log"]) { Faults = faults ?? [] };
        var replies = new List<PostReply>();
        using var server = await ServerProcess.StartAsync(program, site, site.Data, recorded, options ?? []);
        using (var client = new PostClient(server.Address, history, content))
        {
            var fresh = Enumerable.Range(0, posts).Select(number => PostMessage.Key("post", number));
            var keys = history.Sent.Keys.Concat(fresh);
            replies = await client.PostAllAsync(keys.Distinct(), Connections, reply =>
            {
                seen?.Invoke(reply);
                return true;
            });
        }

        if (!stopsItself)
        {
            server.Host.Ask();
        }

        var exitCode = await server.Host.ExitCode(TimeSpan.FromSeconds(30));
        var disk = new DiskHistory(DiskLog.Read(logs["log"]), site.Watched, before?.Image ?? new DiskImage());
        return new ServerRun(disk, history, replies, DiskImage.Of(site.Watched), exitCode) { Content = content };
    }

    /// <summary>Reads the database of a state directly.</summary>
    public List<Violation> ReadDirectly(string folder, long crashed) =>
        DurabilityOracle.Check(Posts, crashed, PostroomEntries.Read(Path.Combine(folder, "data")));

    /// <summary>Starts the server on a state and sends everything again.</summary>
    public async Task<List<Violation>> Restart(string folder, long crashed)
    {
        var data = Path.Combine(folder, "data");
        var history = Posts.Before(crashed);
        using var site = new PostroomSite();
        List<Violation> violations;
        using (var server = await ServerProcess.StartAsync("Postroom.Server", site, data))
        {
            using var client = new PostClient(server.Address, history, Content);
            violations = await Retries.Check(client, history, [.. history.Sent.Keys]);
            server.Host.Ask();
            await server.Host.ExitCode(TimeSpan.FromSeconds(30));
        }

        return [.. violations, .. DurabilityOracle.Check(history, long.MaxValue, PostroomEntries.Read(data))];
    }
}
