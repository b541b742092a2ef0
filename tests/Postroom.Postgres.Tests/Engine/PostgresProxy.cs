using System.Net;
using System.Net.Sockets;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Stands between nodes and the server, counts their round trips, and loses a connection when told.</summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> _pairs = [];
    private readonly Task _accepting;
    private int _turns;
    private ConnectionLoss? _next;

    public PostgresProxy(int server)
    {
        _listener.Start();
        _accepting = AcceptAsync(server);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often somebody has sent something and was answered.</summary>
    public int Turns => Volatile.Read(ref _turns);

    /// <summary>Loses the connection that sends next.</summary>
    public void LoseNext(ConnectionLoss loss) => Volatile.Write(ref _next, loss);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_pairs);
    }

    private async Task AcceptAsync(int port)
    {
        try
        {
            while (true)
            {
                var node = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await server.ConnectAsync(IPAddress.Loopback, port);
                _pairs.Add(new Pair(this, node, server).RunAsync());
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private sealed class Pair(PostgresProxy proxy, Socket node, Socket server)
    {
        private int _asks;
        private ConnectionLoss? _loss;

        public async Task RunAsync()
        {
            await Task.WhenAll(ForwardAsync(), AnswerAsync());
            node.Dispose();
            server.Dispose();
            _loss?.End();
        }

        private async Task ForwardAsync()
        {
            var buffer = new byte[1 << 20];
            try
            {
                while (_loss is null && await node.ReceiveAsync(buffer) is > 0 and var count)
                {
                    _loss = Interlocked.Exchange(ref proxy._next, null);
                    if (_loss is not null)
                    {
                        node.Dispose();
                        await _loss.Delivered;
                        count = Math.Min(count, _loss.Forwarded);
                    }

                    Volatile.Write(ref _asks, 1);
                    await server.SendAsync(buffer.AsMemory(0, count));
                }

                server.Shutdown(SocketShutdown.Send);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                server.Dispose();
            }
        }

        private async Task AnswerAsync()
        {
            var buffer = new byte[1 << 20];
            try
            {
                while (await server.ReceiveAsync(buffer) is > 0 and var count)
                {
                    if (Interlocked.Exchange(ref _asks, 0) == 1)
                    {
                        Interlocked.Increment(ref proxy._turns);
                    }

                    if (_loss is null)
                    {
                        await node.SendAsync(buffer.AsMemory(0, count));
                    }
                }

                node.Dispose();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                node.Dispose();
            }
        }
    }
}
