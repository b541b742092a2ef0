using System.Globalization;

namespace Postroom.Server.Tests.Proxies;

/// <summary>
/// What arrives through the proxies of docs/https.md, and without one, sent by curl over both versions of HTTP.
/// </summary>
public sealed class ProxyTests
{
    private const string Json = "Content-Type: application/json";

    public static TheoryData<string, string> All { get; } = new()
    {
        { "nginx", "1.1" },
        { "nginx", "2" },
        { "haproxy", "1.1" },
        { "haproxy", "2" },
    };

    public static TheoryData<string, string> WithNone { get; } =
        [.. All, (ProxiedServer.None, "1.1"), (ProxiedServer.None, "2")];

    [Theory, MemberData(nameof(WithNone))]
    public async Task Every_kind_of_body_goes_through(string proxy, string version)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        server.Folder.Write("cv.txt", "I can do this.\n");
        server.Folder.Write("large.json", $$"""{"name":"large","text":"{{new string('x', 5_000_000)}}"}""");
        var large = "@" + server.Folder["large.json"];
        (string Path, string[] Options)[] requests =
        [
            ("/api/contact", ["--data", "name=form"]),
            ("/api/contact", ["--header", Json, "--data", """{"name":"json"}"""]),
            ("/api/contact", ["--form", "name=multipart"]),
            ("/api/cv", ["--form", "name=file", "--form", $"cv=@{server.Folder["cv.txt"]};type=text/plain"]),
            ("/api/contact", ["--header", Json, "--data-binary", large]),
            ("/api/contact", ["--header", Json, "--data-binary", large, "--header", "Expect: 100-continue"]),
            ("/api/contact", ["--header", Json, "--header", "Expect:", "--data-binary", large]),
            .. version == "2" ? Array.Empty<(string, string[])>() :
            [
                ("/api/contact",
                    ["--header", Json, "--header", "Transfer-Encoding: chunked", "--data", """{"name":"chunked"}"""]),
                ("/api/contact", ["--header", Json, "--header", "Transfer-Encoding: chunked", "--data-binary", large]),
            ],
        ];
        foreach (var (path, options) in requests)
        {
            var answer = await server.CurlAsync(path, [Flag(version), .. options]);
            Assert.Equal((201, version), (answer.Status, answer.Version));
        }

        Assert.Equal(["file"], await server.NamesAsync("/api/cv"));
        string[] names = ["form", "json", "multipart", "large", "large", "large"];
        Assert.Equal(
            version == "2" ? names : [.. names, "chunked", "large"], await server.NamesAsync());
    }

    /// <summary>The proxy sets what a client wrote itself, so every client has its own rate and only one.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task Clients_are_told_apart_by_their_address_and_by_nothing_they_say(string proxy, string version)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        for (var time = 0; time < 3; time++)
        {
            var answer = await server.CurlAsync(
                "/api/rated", Flag(version), "--interface", "127.0.0.2", "--data", "name=Ada",
                "--header", "X-Forwarded-For: 203.0.113." + time.ToString(CultureInfo.InvariantCulture),
                "--header", "Forwarded: for=203.0.113." + time.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(time < 2 ? 201 : 429, answer.Status);
        }

        var other = await server.CurlAsync(
            "/api/rated", Flag(version), "--interface", "127.0.0.3", "--data", "name=Ben");
        Assert.Equal(201, other.Status);
    }

    /// <summary>The scheme is the proxy's word: without it, the same request in clear is refused.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task Https_is_what_the_proxy_says(string proxy, string version)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        var page = await server.CurlAsync("/_postroom/health", Flag(version), "--include");
        Assert.Equal(200, page.Status);
        Assert.Contains("strict-transport-security:", page.Body, StringComparison.OrdinalIgnoreCase);
        var claimed = await server.CurlAsync(
            "/api/contact", Flag(version), "--data", "name=Ada", "--header", "X-Forwarded-Proto: http");
        Assert.Equal(201, claimed.Status);
    }

    [Theory, MemberData(nameof(WithNone))]
    public async Task A_large_body_that_is_refused_unread_does_not_cost_its_sender_the_answer(
        string proxy, string version)
    {
        await using var server = await ProxiedServer.StartAsync(proxy);
        server.Folder.Write("large.json", $$"""{"name":"{{new string('x', 900_000)}}"}""");
        for (var time = 0; time < 5; time++)
        {
            var answer = await server.CurlAsync(
                "/api/contact", Flag(version), "--header", Json, "--header", "Origin: https://evil.example",
                "--data-binary", "@" + server.Folder["large.json"]);
            Assert.Equal((403, version), (answer.Status, answer.Version));
            Assert.Contains("origin-refused", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(201, (await server.CurlAsync("/api/contact", Flag(version), "--data", "name=after")).Status);
        Assert.Equal(["after"], await server.NamesAsync());
    }

    private static string Flag(string version) => version == "2" ? "--http2" : "--http1.1";
}
