using System.Diagnostics;
using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Server.Tests.Programs;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>
/// Three servers as processes on one database, clients that send everything again until it is answered, at any of
/// them, and the oracle over what the clients saw and the database holds.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int Size = 3;
    private const int Connections = 16;
    private const int Busy = 503;
    private const int InProgress = 409;

    // A node that hangs is left for another; what it answers later is not heard.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(2);

    // For one key, whatever happens meanwhile: a bound, and no expectation.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly TestFolder _folder;
    private readonly string _store;
    private readonly List<Violation> _violations = [];
    private int _next;
    private int _keys;

    private Fleet(string store)
    {
        _store = store;
        _folder = TestFolder.With($$$"""
            store: {postgres: "{{{store}}}"}
            files: {disk: {shared: true}}
            limits: {rate: off, keys: off}
            endpoints: {/api/contact: {kind: form}}
            """);
        var start = new ProgramStart(
            PostroomProgram.Path, "serve", _folder.Path, "--listen", "http://127.0.0.1:0");
        Nodes = [.. Enumerable.Range(0, Size).Select(_ => new FleetNode(start, History))];
    }

    public PostHistory History { get; } = new();

    public IReadOnlyList<FleetNode> Nodes { get; }

    /// <summary>How many POSTs were answered by 503 or 409, or not at all.</summary>
    public int Again { get; private set; }

    public static async Task<Fleet> StartAsync(string store)
    {
        var fleet = new Fleet(store);
        try
        {
            await Task.WhenAll(fleet.Nodes.Select(node => node.StartAsync()));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Posts under so many new keys, each at some node and then at others until it is acknowledged.</summary>
    /// <param name="count">How many keys.</param>
    /// <param name="seen">Told how many of them are acknowledged, after each.</param>
    public async Task PostAsync(int count, Action<int>? seen = null)
    {
        var first = Interlocked.Add(ref _keys, count) - count;
        var queue = new Queue<string>(
            Enumerable.Range(first, count).Select(number => PostMessage.Key("chaos", number)));
        var acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Take() is { } key)
            {
                await InsistAsync(key);
                lock (queue)
                {
                    seen?.Invoke(++acknowledged);
                }
            }
        })));

        string? Take()
        {
            lock (queue)
            {
                return queue.TryDequeue(out var key) ? key : null;
            }
        }
    }

    /// <summary>
    /// Sends everything that was ever sent to every node, and holds what is stored against what was answered.
    /// </summary>
    public async Task AssertSoundAsync()
    {
        foreach (var node in Nodes)
        {
            _violations.AddRange(await Retries.Check(node.Client, History, [.. History.Sent.Keys]));
        }

        await AssertStoredAsync(_keys);
    }

    /// <summary>Holds what is stored against what was answered.</summary>
    /// <param name="keys">How many were posted.</param>
    public async Task AssertStoredAsync(int keys)
    {
        _violations.AddRange(
            DurabilityOracle.Check(History, long.MaxValue, await PostgresEntries.ReadAsync(_store)));
        Assert.True(_violations.Count == 0, string.Join("\n", _violations.Take(20)));
        Assert.Equal(keys, History.Acknowledged.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task InsistAsync(string key)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var node = Nodes[Interlocked.Increment(ref _next) % Size];
            using var hang = new CancellationTokenSource(s_hang);
            var reply = await node.Client.PostAsync(key, hang.Token);
            if (reply.IsAcknowledged)
            {
                return;
            }

            var mayRepeat = reply.Status == 0 || (reply.Status is Busy or InProgress && reply.SaysWhenAgain);
            if (!mayRepeat || Stopwatch.GetElapsedTime(since) > s_patience)
            {
                Found(new Violation(ViolationKind.Unusable, key, $"{reply.Status} {reply.Text}"));
                return;
            }

            await Task.Delay(20);
            Found(null);
        }
    }

    private void Found(Violation? violation)
    {
        lock (_violations)
        {
            Again += violation is null ? 1 : 0;
            _violations.AddRange(violation is null ? [] : [violation]);
        }
    }
}
