using System.Globalization;
using System.Text.RegularExpressions;

namespace Postroom.Server.Tests.Proxies;

/// <summary>
/// Requests that want the proxy and the server to disagree about where they end. The connections between the two are
/// used again and again, so whatever one of them left over would become the start of somebody's next request.
/// </summary>
public sealed partial class SmugglingTests
{
    private const string Line = "POST /api/contact HTTP/1.1\r\n";

    private const string Head = "Host: post.example.com\r\nContent-Type: application/json\r\n";

    private const string Foreign = "Origin: https://evil.example\r\n";

    /// <summary>Must never be stored.</summary>
    private const string Document = """{"name":"smuggled"}""";

    private const string Hidden = Line + Head + "Content-Length: 19\r\n\r\n" + Document;

    private static readonly string Length =
        "Content-Length: " + Hidden.Length.ToString(CultureInfo.InvariantCulture) + "\r\n";

    private static readonly string Chunk = Hidden.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n" + Hidden;

    /// <summary>The hidden request is part of a body, or follows what somebody may take for the end of one.</summary>
    private static readonly string[] Probes =
    [
        // Refused before the body, which holds a request.
        Line + Head + Foreign + Length + "\r\n" + Hidden,
        Line + Head + Foreign + "Transfer-Encoding: chunked\r\n\r\n" + Chunk + "\r\n0\r\n\r\n",
        Line + Head + Foreign + Length + "Expect: 100-continue\r\n\r\n" + Hidden,
        "GET /api/contact HTTP/1.1\r\n" + Head + Length + "\r\n" + Hidden,
        "PUT /api/contact HTTP/1.1\r\n" + Head + Length + "\r\n" + Hidden,
        "OPTIONS /api/contact HTTP/1.1\r\n" + Head + Length + "\r\n" + Hidden,

        // A body in which two requests can be seen, by two lengths.
        Line + Head + Length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding\r\n : chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + "Transfer-Encoding: gzip, chunked\r\n\r\n" + Chunk + "\r\n0\r\n\r\n",
        Line + Head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunk + "\r\n0\r\n\r\n",
        "POST /api/contact HTTP/1.0\r\n" + Head + Length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        Line + Head + Length + "Content-Length: 0\r\n\r\n" + Hidden,
        Line + Head + "Content-Length: 0, 0\r\n\r\n" + Hidden,

        // Chunks that end elsewhere for whoever takes a bare LF for a line's end (CVE-2025-55315).
        Line + Head + "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n" + Hidden,
        Line + Head + "Transfer-Encoding: chunked\r\n\r\n1;\nx\r\n0\r\n\r\n" + Hidden,
        Line + Head + "Transfer-Encoding: chunked\r\n\r\n" + Chunk + "\n0\r\n\r\n",
        Line + Head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n" + Hidden,
        Line + Head + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + Hidden,
    ];

    public static TheoryData<string> Proxies { get; } = ["nginx", "haproxy"];

    /// <summary>
    /// One connection of the client's for each probe, with a request of its own behind it. A hidden request that the
    /// proxy itself sees as the next one is the client's own and no smuggling: it is answered, so each that is stored
    /// must have had its answer. And every request that others send meanwhile gets its own.
    /// </summary>
    [Theory, MemberData(nameof(Proxies))]
    public async Task Nothing_is_left_over_between_proxy_and_server(string proxy)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        var acknowledged = 0;
        for (var number = 0; number < Probes.Length; number++)
        {
            var answers = await server.SendAsync(Probes[number] + Request("behind", close: true));
            var statuses = StatusLine().Matches(answers).Select(match => match.Groups[1].Value).ToList();
            Assert.DoesNotContain(statuses, status => status is "500" or "502" or "503" or "504");
            acknowledged += statuses.Count(status => status == "201");

            var name = "honest" + number.ToString(CultureInfo.InvariantCulture);
            var honest = await server.SendAsync(Request(name, close: true));
            Assert.Equal("201", Assert.Single(StatusLine().Matches(honest)).Groups[1].Value);
            Assert.Equal(name, (await server.NamesAsync())[^1]);
        }

        Assert.Equal(acknowledged + Probes.Length, (await server.NamesAsync()).Count);
    }

    /// <summary>The first probes: the hidden request is in a body whose end nobody can doubt.</summary>
    [Theory, MemberData(nameof(Proxies))]
    public async Task What_looks_like_a_request_in_a_refused_body_never_runs(string proxy)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        foreach (var probe in Probes[..6])
        {
            await server.SendAsync(probe + Request("behind", close: true));
        }

        Assert.DoesNotContain("smuggled", await server.NamesAsync());
    }

    /// <summary>One connection of the client's, refused and taken in turn; the one to the server is another each time.</summary>
    [Theory, MemberData(nameof(Proxies))]
    public async Task Refused_and_taken_in_turn_on_one_connection(string proxy)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        var requests = string.Concat(Enumerable.Range(0, 10).Select(number =>
            Probes[number % 2] + Request("taken" + number.ToString(CultureInfo.InvariantCulture), close: number == 9)));
        var statuses = StatusLine().Matches(await server.SendAsync(requests)).Select(match => match.Groups[1].Value);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => number % 2 == 0 ? "403" : "201"), statuses);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(number => "taken" + number.ToString(CultureInfo.InvariantCulture)),
            await server.NamesAsync());
    }

    private static string Request(string name, bool close)
    {
        var body = $$"""{"name":"{{name}}"}""";
        return Line + Head + (close ? "Connection: close\r\n" : "")
            + $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}";
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d{3})", RegexOptions.None, 1000)]
    private static partial Regex StatusLine();
}
