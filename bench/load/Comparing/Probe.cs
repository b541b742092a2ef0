using System.Net;
using System.Net.Sockets;
using System.Text;
using Postroom.Load.Wire;

namespace Postroom.Load.Comparing;

/// <summary>One connection that sends single requests and waits for each answer.</summary>
internal sealed class Probe : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = 30_000,
    };

    private readonly byte[] _buffer = new byte[16 * 1024];

    internal static Probe? TryConnect(int port)
    {
        var probe = new Probe();
        try
        {
            probe._socket.Connect(IPAddress.Loopback, port);
            return probe;
        }
        catch (SocketException)
        {
            probe.Dispose();
            return null;
        }
    }

    /// <summary>The status and the whole answer.</summary>
    internal (int Status, string Answer) Post(RequestStream requests, long sequence)
    {
        _socket.Send(requests.Write(sequence));
        var filled = 0;
        while (true)
        {
            var count = _socket.Receive(_buffer.AsSpan(filled));
            filled += count;
            var state = AnswerReader.Read(_buffer.AsSpan(0, filled), out var status, out _);
            if (state == AnswerState.Complete)
            {
                return (status, Encoding.UTF8.GetString(_buffer, 0, filled));
            }

            if (count == 0 || state == AnswerState.Malformed)
            {
                throw new IOException($"no whole answer: {Encoding.UTF8.GetString(_buffer, 0, filled)}");
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
