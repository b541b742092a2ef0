using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postroom.Tests.Endpoints.Uploads;

/// <summary>
/// Not a scanner: it speaks clamd's INSTREAM on a socket of loopback and finds whatever holds the test's word.
/// </summary>
public sealed class FakeClamd : IAsyncDisposable
{
    public const string Word = "EICAR-LIKE";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public FakeClamd()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Answers with an error instead of a verdict.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Bytes of each file that was looked at.</summary>
    public List<int> Scanned { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var file = new MemoryStream();
        var head = new byte[sizeof(uint)];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            if (BinaryPrimitives.ReadUInt32BigEndian(head) is var length && length == 0)
            {
                break;
            }

            var chunk = new byte[length];
            await stream.ReadExactlyAsync(chunk);
            file.Write(chunk);
        }

        Scanned.Add((int)file.Length);
        var isFound = Encoding.ASCII.GetString(file.ToArray()).Contains(Word, StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            IsBroken ? "INSTREAM size limit exceeded. ERROR\0"
            : isFound ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0"));
    }
}
