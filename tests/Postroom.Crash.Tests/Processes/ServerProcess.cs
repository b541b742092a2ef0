using System.Net;
using System.Net.Sockets;

namespace Postroom.Crash.Tests.Processes;

/// <summary>A running server on a port of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static int s_ports;

    private ServerProcess(HostProcess host, Uri address)
    {
        Host = host;
        Address = address;
    }

    public HostProcess Host { get; }
    public Uri Address { get; }

    /// <param name="program">Postroom.Server, or the host that can kill itself at a named point.</param>
    /// <param name="site">The declaration.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="recorded">With the recorder, and perhaps faults, when given.</param>
    /// <param name="more">More arguments.</param>
    public static async Task<ServerProcess> StartAsync(
        string program, PostroomSite site, string data, RecordedRun? recorded = null, params string[] more)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments = ["serve", site.Path, "--listen", address.OriginalString, "--data", data, .. more];
        var host = HostProcess.Start(RepositoryLayout.Executable(program), arguments, recorded);
        host.DiscardOutput();
        var server = new ServerProcess(host, address);
        try
        {
            await server.WaitUntilReady();
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return server;
    }

    public void Dispose() => Host.Dispose();

    private async Task WaitUntilReady()
    {
        using var late = new CancellationTokenSource(StartLimit);
        using var http = new HttpClient { BaseAddress = Address };
        while (!Host.HasExited)
        {
            try
            {
                using var health = await http.GetAsync("/_postroom/health", late.Token);
                if (health.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, late.Token); // nobody listens yet
            }
        }

        throw new InvalidOperationException($"The server ended before it listened:\n{Host.Errors}");
    }

    /// <summary>Below those that the kernel gives to clients, or one might take it before the server does.</summary>
    private static int FreePort()
    {
        const int First = 20_000;
        const int Count = 10_000;
        while (true)
        {
            var port = First + (((Environment.ProcessId * 61) + Interlocked.Increment(ref s_ports)) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
