using Postroom.Declarations;
using Postroom.Tests.Hosts;
using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>
/// A refusal before the body was read, in whatever way the body comes, is the last answer of its connection; what looks
/// like a request in the body never runs.
/// </summary>
public sealed class EarlyRefusalTests
{
    private const string Hidden = Line + Host + Json + "Content-Length: 40\r\n\r\n" + Body;

    private static readonly (string Line, string Headers, int Status)[] Refusals =
    [
        (Line, Json + "Origin: https://evil.example\r\n", 403),
        (Line, Json + "Cookie: a=b\r\n", 403),
        (Line, Json + "Early-Data: 1\r\n", 425),
        (Line, Json + "Content-Encoding: nothing\r\n", 415),
        (Line, Json + "Idempotency-Key: short\r\n", 400),
        (Line, "Content-Type: image/png\r\n", 415),
        (Line, "", 415),
        ("POST /_postroom/health HTTP/1.1\r\n", Json, 405),
        ("GET /api/contact HTTP/1.1\r\n", Json, 405),
        ("GET /api/contact HTTP/1.1\r\n", Json + "Accept: text/html\r\n", 200),
        ("OPTIONS /api/contact HTTP/1.1\r\n", Json, 204),
        ("DELETE /api/contact HTTP/1.1\r\n", Json, 405),
        ("PUT /api/contact HTTP/1.1\r\n", Json, 405),
        ("GET /_postroom/health HTTP/1.1\r\n", Json, 200),
        ("GET /_postroom/errors HTTP/1.1\r\n", Json, 200),
        ("GET /_postroom/errors/none HTTP/1.1\r\n", Json, 404),
        ("GET /_postroom/receipts/none HTTP/1.1\r\n", Json, 404),
        ("POST /nowhere HTTP/1.1\r\n", Json, 404),
        ("POST /api/contact HTTP/1.0\r\n", Json + "Connection: keep-alive\r\nOrigin: https://evil.example\r\n", 403),
    ];

    public static TheoryData<int> Rows { get; } = [.. Enumerable.Range(0, Refusals.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_connection_ends_with_it(int row)
    {
        var (line, headers, status) = Refusals[row];
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Url = new Uri("https://post.example.com"), Endpoints = [PostHost.Contact] });
        var length = $"Content-Length: {Hidden.Length}\r\n";
        var chunks = $"{Hidden.Length:x}\r\n{Hidden}\r\n0\r\n\r\n";
        string[] bodies =
        [
            length + "\r\n" + Hidden,
            length + "Expect: 100-continue\r\n\r\n" + Hidden,
            length + "Expect: 100-continue\r\n\r\n",
            Chunked + "\r\n" + chunks,
            Chunked + "Expect: 100-continue\r\n\r\n" + chunks,
            Chunked + "Expect: 100-continue\r\n\r\n",
        ];
        var isOld = line.Contains("1.0", StringComparison.Ordinal);
        foreach (var body in isOld ? bodies[..3] : bodies)
        {
            var exchange = await RawExchange.SendAsync(host.Address, line + Host + headers + body + Next);
            Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), exchange.Statuses);
            Assert.True(exchange.ClosesAfterFirst, exchange.Text);
        }

        Assert.Empty(host.Entries());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    public async Task A_refusal_after_the_body_leaves_the_connection_open(string body)
    {
        await using var host = await PostHost.StartAsync();
        var request = Line + Host + Json + $"Content-Length: {body.Length}\r\n\r\n{body}";
        var exchange = await RawExchange.SendAsync(host.Address, request + Next);
        Assert.EndsWith(" 201", exchange.Statuses, StringComparison.Ordinal);
        Assert.False(exchange.ClosesAfterFirst);
    }

    [Fact]
    public async Task A_client_that_waits_is_told_to_continue_once_and_answered()
    {
        await using var host = await PostHost.StartAsync();
        const string head = Line + Host + Json + "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n";
        Assert.Equal("100 201 201", (await RawExchange.ContinueAsync(host.Address, head, Body + Next)).Statuses);
        Assert.Equal(2, host.Entries().Count);
    }

    [Fact]
    public async Task A_client_that_does_not_wait_is_answered_all_the_same()
    {
        await using var host = await PostHost.StartAsync();
        const string head = Line + Host + Json + "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n";
        Assert.Equal("201 201", (await RawExchange.SendAsync(host.Address, head + Body + Next)).Statuses);
    }

    /// <summary>A client that sends much and reads late still gets the refusal.</summary>
    [Fact]
    public async Task A_large_body_that_is_refused_unread_does_not_cost_its_sender_the_answer()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostAsync(
            "/api/contact", "application/json", new string(' ', 900_000), ("Origin", "https://evil.example"));
        Assert.Equal(403, (int)response.StatusCode);
    }
}
