using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postroom.Load.Tests;

/// <summary>Answers the n-th request over all connections with what the test says; null closes instead.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, string?> _answer;
    private readonly int _requestBytes;
    private int _count;

    internal StubServer(int requestBytes, Func<int, string?> answer)
    {
        _answer = answer;
        _requestBytes = requestBytes;
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (Exception fault) when (fault is SocketException or InvalidOperationException)
        {
            // the test is over: Dispose has taken the listener away, in the call or just before it
        }
    }

    private void Serve(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var request = new byte[_requestBytes];
        try
        {
            while (stream.ReadAtLeast(request, _requestBytes, throwOnEndOfStream: false) == _requestBytes)
            {
                string? answer;
                lock (_listener)
                {
                    answer = _answer(_count++);
                }

                if (answer is null)
                {
                    return;
                }

                stream.Write(Encoding.ASCII.GetBytes(answer));
            }
        }
        catch (IOException)
        {
            // the tool hung up
        }
    }
}
