using Postroom.Crash.Tests.Oracles;
using Postroom.Crash.Tests.Posting;
using Postroom.Server.Tests.Programs;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>One server of a fleet, through its lives.</summary>
internal sealed class FleetNode(ProgramStart start, PostHistory history) : IAsyncDisposable
{
    public const int Stop = 19;
    public const int Continue = 18;

    private RunningServer? _server;
    private readonly List<PostClient> _clients = [];

    public RunningServer Server => _server ?? throw new InvalidOperationException("The node was not started.");

    /// <summary>Of the last life that began: while there is no other, it finds nobody.</summary>
    public PostClient Client => _clients[^1];

    /// <summary>Begins a life, after the end of the one before.</summary>
    public async Task StartAsync()
    {
        await EndAsync();
        _server = await RunningServer.StartAsync(start);
        _clients.Add(new PostClient(new Uri(_server.Address), history));
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => Server.Process.Kill();

    /// <summary>SIGSTOP: it holds what it has, and does nothing.</summary>
    public void Freeze() => PostroomProgram.Signal(Server.Process, Stop);

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Wake() => PostroomProgram.Signal(Server.Process, Continue);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _clients.ForEach(client => client.Dispose());
    }

    private async Task EndAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
