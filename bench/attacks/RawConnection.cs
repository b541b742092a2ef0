using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Postroom.Bench.Attacks;

/// <summary>A connection that sends bytes as they are given, in plain or inside TLS for HTTP/2.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream _stream = Stream.Null;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync("127.0.0.1", port);
        connection._stream = new NetworkStream(connection._socket);
        return connection;
    }

    public static async Task<RawConnection> OpenHttp2Async(int port)
    {
        var connection = await OpenAsync(port);

        // The server's certificate is its own, made for this run.
        var secure = new SslStream(connection._stream, false, (_, certificate, _, _) => certificate is not null);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        });
        connection._stream = secure;
        return connection;
    }

    /// <summary>False when the server has closed.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task<bool> TrySendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The status of the next answer, or how the connection ended.</summary>
    public async Task<string> StatusAsync(TimeSpan patience)
    {
        using var waiting = new CancellationTokenSource(patience);
        var buffer = new byte[4096];
        try
        {
            var length = await _stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, waiting.Token);
            return length < 12 ? "closed" : Encoding.ASCII.GetString(buffer, 9, 3);
        }
        catch (IOException)
        {
            return "closed";
        }
        catch (OperationCanceledException)
        {
            return "still open";
        }
    }

    /// <summary>Reads and forgets until the server closes.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        try
        {
            await _stream.CopyToAsync(Stream.Null, cancel);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The end is what was waited for.
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
