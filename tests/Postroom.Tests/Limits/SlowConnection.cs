using System.Net.Sockets;
using System.Text;
using Postroom.Tests.Framing;

namespace Postroom.Tests.Limits;

/// <summary>A connection on which a test sends as little and as late as it likes.</summary>
internal sealed class SlowConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<SlowConnection> OpenAsync(Uri address)
    {
        var connection = new SlowConnection();
        await connection._client.ConnectAsync(address.Host, address.Port);
        connection._client.NoDelay = true;
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>Sends these bytes, a character each.</summary>
    public async Task SendAsync(string text) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends these bytes; false when the server has answered or closed.</summary>
    public async Task<bool> TrySendAsync(string text)
    {
        try
        {
            if (_client.Client.Poll(0, SelectMode.SelectRead))
            {
                return false;
            }

            await SendAsync(text);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads until the server closes, without closing first.</summary>
    public Task<RawExchange> ReadToEndAsync() => ReadAsync(_ => false);

    /// <summary>Reads one answer with its body.</summary>
    public Task<RawExchange> ReadAnswerAsync() =>
        ReadAsync(text => text.EndsWith('}') || text.EndsWith("</html>\n", StringComparison.Ordinal));

    public void Dispose() => _client.Dispose();

    private async Task<RawExchange> ReadAsync(Func<string, bool> isEnough)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (!isEnough(text.ToString())
                && await _stream.ReadAsync(buffer, patience.Token) is > 0 and var length)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (IOException)
        {
            // A server that closes on unread bytes resets the connection; what it said before was read.
        }

        return new RawExchange(text.ToString());
    }
}
