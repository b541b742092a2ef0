using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Postroom.Tests.Hosts;

/// <summary>A POST written byte by byte to a socket, for what no HTTP client would send.</summary>
public sealed class RawPost : IDisposable
{
    private readonly JsonDocument? _body;

    private RawPost(int status, string head, string body)
    {
        Status = status;
        Head = head;
        Body = body;
        _body = body.StartsWith('{') ? JsonDocument.Parse(body) : null;
    }

    public int Status { get; }

    public string Head { get; }

    public string Body { get; }

    public string? Code => _body?.RootElement.GetProperty("code").GetString();

    /// <summary>The header of this name, its lines joined; null when there is none.</summary>
    public string? Header(string name)
    {
        var lines = Head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .ToList();
        return lines.Count == 0 ? null : string.Join(", ", lines);
    }

    public static async Task<RawPost> SendAsync(Uri address, string headers, string body)
    {
        using var client = await ConnectAsync(address);
        var stream = client.GetStream();
        await stream.WriteAsync(Request(headers + "\r\nConnection: close", body, Encoding.UTF8.GetByteCount(body)));
        return Parse(await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync());
    }

    /// <summary>Writes exactly these bytes and reads one answer.</summary>
    public static async Task<RawPost> SendBytesAsync(Uri address, string text)
    {
        using var client = await ConnectAsync(address);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        return Parse(await ReadAnswerAsync(stream));
    }

    /// <summary>Writes exactly these bytes and waits until the server has closed, whatever it answers.</summary>
    public static async Task SendUntilClosedAsync(Uri address, string text)
    {
        using var client = await ConnectAsync(address);
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
            await client.GetStream().CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // A server that closes on unread bytes resets the connection.
        }
    }

    /// <summary>Writes exactly these bytes and closes: nobody is there to read the answer.</summary>
    public static async Task SendBytesAndLeaveAsync(Uri address, string text)
    {
        using var client = await ConnectAsync(address);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>Sends everything and closes without reading the answer.</summary>
    public static async Task SendAndLeaveAsync(Uri address, string headers, string body)
    {
        using var client = await ConnectAsync(address);
        await client.GetStream().WriteAsync(Request(headers, body, Encoding.UTF8.GetByteCount(body)));
        client.Client.Shutdown(SocketShutdown.Send);
        _ = await client.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
    }

    /// <summary>Promises ten bytes more than it sends.</summary>
    public static async Task SendCutOffAsync(Uri address, string headers, string body)
    {
        using var client = await ConnectAsync(address);
        await client.GetStream().WriteAsync(Request(headers, body, Encoding.UTF8.GetByteCount(body) + 10));
    }

    public void Dispose() => _body?.Dispose();

    /// <summary>Reads as much as the answer's own length says; the connection may stay open.</summary>
    private static async Task<string> ReadAnswerAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()) && await stream.ReadAsync(buffer) is > 0 and var length)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }

        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        const string name = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = end < 0 ? -1 : text.IndexOf(name, StringComparison.Ordinal);
        if (at < 0 || at > end)
        {
            return false;
        }

        var line = text.AsSpan(at + name.Length);
        var length = int.Parse(line[..line.IndexOf('\r')], System.Globalization.CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetByteCount(text.AsSpan(end + 4)) >= length;
    }

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return client;
    }

    private static byte[] Request(string headers, string body, int length) => Encoding.UTF8.GetBytes(
        $"POST /api/contact HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n\r\n{body}");

    private static RawPost Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        var status = head.Length > 12 ? int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;
        return new RawPost(status, head, end < 0 ? "" : text[(end + 4)..]);
    }
}
