using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests.Posting;

/// <summary>
/// One data folder through many lives of the server. Every life begins with the retries of all that the last one left
/// without an answer, and of some that it had acknowledged, and ends by SIGKILL.
/// </summary>
internal sealed class KillRun(
    int seed, Func<string, HttpContent>? content = null, int postsOfALife = KillRun.PostsOfALife) : IDisposable
{
    private const int Connections = 16;
    /// <summary>Unless told.</summary>
    public const int PostsOfALife = 200;

    private const int RepeatsOfALife = 20;
    private readonly Random _random = new(seed);
    private readonly PostroomSite _site = new();
    private readonly HashSet<string> _open = [];
    private readonly List<Violation> _violations = [];
    private int _keys;

    public PostHistory History { get; } = new();
    public IReadOnlyList<Violation> Violations => _violations;
    public PostroomSite Site => _site;

    /// <summary>Kills the server after some acknowledgement, drawn by the seed, while others are under way.</summary>
    public async Task LiveUntilKilled(string program = "Postroom.Server", params string[] options)
    {
        using var server = await ServerProcess.StartAsync(program, _site, _site.Data, null, options);
        using var client = new PostClient(server.Address, History, content);
        await Retry(client);
        var left = _random.Next(1, postsOfALife);
        await Post(client, reply =>
        {
            if (reply.IsAcknowledged && --left == 0)
            {
                server.Host.Kill();
            }

            return left > 0;
        });
    }

    /// <summary>A life in which the server kills itself when it passes the named point for the n-th time.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> LiveUntilPoint(string point, int pass)
    {
        string[] kill = ["--kill", $"{point}:{pass}"];
        using var server = await ServerProcess.StartAsync("Postroom.Crash.Host", _site, _site.Data, null, kill);
        using var client = new PostClient(server.Address, History, content);
        var replies = await Post(client, reply => reply.Status != 0);
        return replies.Any(reply => reply.Status == 0)
            && await server.Host.ExitCode(TimeSpan.FromSeconds(10)) == 128 + 9;
    }

    /// <summary>The last life: everything that was ever sent is sent again, then the file is read.</summary>
    public async Task Finish(Func<string, List<StoredEntry>> read)
    {
        using (var server = await ServerProcess.StartAsync("Postroom.Server", _site, _site.Data))
        {
            using var client = new PostClient(server.Address, History, content);
            await RetryAll(client, [.. History.Sent.Keys]);
            server.Host.Ask();
            await server.Host.ExitCode(TimeSpan.FromSeconds(30));
        }

        _violations.AddRange(DurabilityOracle.Check(History, long.MaxValue, read(_site.Data)));
    }

    public void Dispose() => _site.Dispose();

    private async Task<List<PostReply>> Post(PostClient client, Func<PostReply, bool> seen)
    {
        var numbers = Enumerable.Range(_keys, postsOfALife);
        var keys = numbers.Select(number => PostMessage.Key($"kill{seed}", number)).ToList();
        _keys += postsOfALife;
        var replies = await client.PostAllAsync(keys, Connections, seen);
        _open.UnionWith(keys.Where(key => History.Sent.ContainsKey(key) && !History.Acknowledged.ContainsKey(key)));
        return replies;
    }

    private async Task Retry(PostClient client)
    {
        var known = History.Acknowledged.Keys.Order(StringComparer.Ordinal).ToArray();
        var repeats = known.Length == 0 ? [] : _random.GetItems(known, RepeatsOfALife);
        await RetryAll(client, [.. _open, .. repeats]);
        _open.Clear();
    }

    private async Task RetryAll(PostClient client, IReadOnlyCollection<string> keys) =>
        _violations.AddRange(await Retries.Check(client, History, keys));
}
