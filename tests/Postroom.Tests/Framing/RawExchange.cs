using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Postroom.Tests.Framing;

/// <summary>What a connection says to bytes that were written to it, up to its end.</summary>
internal sealed partial record RawExchange(string Text)
{
    /// <summary>The statuses of all answers in order, 100 included.</summary>
    public string Statuses => string.Join(' ', StatusLine().Matches(Text).Select(match => match.Groups[1].Value));

    public string? Code => CodeMember().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    public bool ClosesAfterFirst =>
        Text.Split("HTTP/1.1 ", 3)[1].Contains("Connection: close", StringComparison.Ordinal);

    /// <summary>Writes these bytes and reads until the server closes.</summary>
    /// <param name="address">The server.</param>
    /// <param name="text">Each character is a byte.</param>
    /// <param name="leave">Says that no more bytes will come.</param>
    public static async Task<RawExchange> SendAsync(Uri address, string text, bool leave = false)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
            if (leave)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // A server that closes on unread bytes resets the connection; what it said before was read.
        }

        return new RawExchange(Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>Writes a head, waits for the first answer to it, and only then writes the rest.</summary>
    public static async Task<RawExchange> ContinueAsync(Uri address, string head, string rest)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), patience.Token);
        var first = new byte[25];
        await stream.ReadExactlyAsync(first, patience.Token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(rest), patience.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new RawExchange(Encoding.UTF8.GetString(first) + await reader.ReadToEndAsync(patience.Token));
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d{3})", RegexOptions.None, 1000)]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"code\":\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex CodeMember();
}
