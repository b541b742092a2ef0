using System.Net.Sockets;
using System.Text;

namespace Postroom.Server.Tests.Programs;

/// <summary>A POST whose body stays open: the server has said 100 Continue, so it waits for the rest.</summary>
internal sealed class SlowPost : IDisposable
{
    private const string Body = "name=Ada&email=ada%40example.com";

    private readonly TcpClient _client;
    private readonly StreamReader _answers;

    private SlowPost(TcpClient client)
    {
        _client = client;
        _answers = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    public static async Task<SlowPost> BeginAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var post = new SlowPost(client);
        await post.WriteAsync(
            $"POST /api/contact HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Accept: application/json\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue", await post._answers.ReadLineAsync());
        Assert.Equal("", await post._answers.ReadLineAsync());
        await post.WriteAsync(Body[..10]);
        return post;
    }

    /// <summary>Sends the rest, and gives the answer's status line.</summary>
    public async Task<string?> EndAsync()
    {
        await WriteAsync(Body[10..]);
        return await _answers.ReadLineAsync();
    }

    public void Dispose()
    {
        _answers.Dispose();
        _client.Dispose();
    }

    private async Task WriteAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
}
