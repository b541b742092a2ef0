using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Declarations;
using Postroom.Identity;
using Postroom.Receiving;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>Whose address, scheme and host count: what declared proxies say, and nobody else.</summary>
public sealed class ForwardedHeadersTests
{
    /// <summary>
    /// Headers, and the client, scheme and host that count; the peer is 10.0.0.1, proxies are 10.0.0.0/8 and fd00::/8.
    /// </summary>
    public static TheoryData<string, string> Chains { get; } = new()
    {
        { "Forwarded: for=203.0.113.9;proto=https;host=post.example.com", "203.0.113.9 https post.example.com" },
        { "Forwarded: For=\"[2001:db8::7]:4711\" ; Proto=HTTPS", "2001:db8::7 https -" },
        { "Forwarded: for=\"203.0.113.9:80\"", "203.0.113.9 - -" },
        { "Forwarded: for=203.0.113.9;proto=https, for=10.0.0.2;proto=http", "203.0.113.9 https -" },
        { "Forwarded: for=198.51.100.7;proto=https, for=203.0.113.9;proto=http", "203.0.113.9 http -" },
        { "Forwarded: for=unknown;proto=https", "10.0.0.1 https -" },
        { "Forwarded: for=_hidden;proto=https", "10.0.0.1 https -" },
        { "Forwarded: proto=https", "10.0.0.1 https -" },
        { "Forwarded: for=203.0.113.9, , ", "203.0.113.9 - -" },
        { "Forwarded: for=\"x, for=203.0.113.9;proto=https", "10.0.0.1 - -" },
        { "Forwarded: for=\"x, for=\"203.0.113.9\"", "10.0.0.1 - -" },
        { "Forwarded: for=203.0.113.9;for=198.51.100.7", "10.0.0.1 - -" },
        { "Forwarded: nonsense", "10.0.0.1 - -" },
        { "Forwarded: for=203.0.113.9;proto=gopher;host=\"a/b\"", "203.0.113.9 - -" },
        { "X-Forwarded-For: 203.0.113.9|X-Forwarded-Proto: https", "203.0.113.9 https -" },
        { "X-Forwarded-Proto: https|X-Forwarded-Host: post.example.com:8443", "10.0.0.1 https post.example.com:8443" },
        { "X-Forwarded-Proto: https, http", "10.0.0.1 http -" },
        { "X-Forwarded-For: 203.0.113.9, 10.0.0.2|X-Forwarded-Proto: https, http", "203.0.113.9 https -" },
        { "X-Forwarded-For: 203.0.113.9, 10.0.0.2|X-Forwarded-Proto: https", "203.0.113.9 https -" },
        { "X-Forwarded-Proto: wss", "10.0.0.1 - -" },
        { "X-Forwarded-Host: evil.example/path", "10.0.0.1 - -" },
        { "X-Forwarded-Host: a@evil.example", "10.0.0.1 - -" },
        { "X-Forwarded-Host: evil example", "10.0.0.1 - -" },
        { "X-Forwarded-For: 203.0.113.9|Forwarded: for=203.0.113.9", "203.0.113.9 - -" },
        { "X-Forwarded-For: 203.0.113.9|Forwarded: for=198.51.100.7;proto=https", "10.0.0.1 - -" },
        { "X-Forwarded-For: 203.0.113.9|Forwarded: \"", "10.0.0.1 - -" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void What_the_nearest_trusted_proxies_say_counts(string headers, string expected)
    {
        var hop = Reader().Read(Request(headers, "10.0.0.1"));
        Assert.Equal(expected, $"{hop.Client} {hop.Scheme ?? "-"} {hop.Host ?? "-"}");
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void From_anybody_else_nothing_counts(string headers, string expected)
    {
        var hop = Reader().Read(Request(headers, "192.0.2.1"));
        Assert.NotEmpty(expected);
        Assert.Equal(new ForwardedHop(IPAddress.Parse("192.0.2.1"), null, null), hop);
    }

    [Fact]
    public void A_proxy_is_known_under_its_mapped_address_too() =>
        Assert.Equal("https", Reader().Read(Request("X-Forwarded-Proto: https", "::ffff:10.0.0.1")).Scheme);

    [Theory]
    [InlineData("127.0.0.0/8", "https post.example.com")]
    [InlineData("10.0.0.0/8", "http 127.0.0.1")]
    public async Task Everything_behind_sees_the_scheme_and_host_that_the_client_used(string proxies, string expected)
    {
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Proxies = [proxies], Endpoints = [PostHost.Contact] },
            app => app.MapGet("/seen", (RequestDelegate)(http =>
                http.Response.WriteAsync($"{http.Request.Scheme} {http.Request.Host.Host}"))));
        using var response = await host.SendAsync(
            HttpMethod.Get, "/seen", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "post.example.com"));
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    public async Task An_undeclared_proxy_is_named_once_for_every_kind_of_request(string name, string value)
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, "/api/contact", (name, value));
        using var post = await host.PostJsonAsync(Keys.Ada, (name, value));
        using var nothing = await host.SendAsync(HttpMethod.Get, "/nothing", (name, value));
        Assert.Single(host.Log.Lines, line => line.Contains("`proxies:`", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "__Host-postroom=")]
    [InlineData("10.0.0.0/8", null)]
    public async Task The_inbox_opens_behind_a_declared_proxy_that_speaks_https(string proxies, string? cookie)
    {
        await using var host = await PostHost.StartAsync(
            new PostroomDeclaration { Proxies = [proxies], Endpoints = [PostHost.Contact] },
            app => app.MapPostroomConsole());
        var links = new SignInLinks(host.Store.Secret, host.Time, EntropySource.System);
        var token = links.MakePath().Split('=')[1];
        using var response = await host.PostAsync(
            "/_postroom/sign-in", "application/x-www-form-urlencoded", "token=" + token,
            ("Host", "inner:3000"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "post.example.com"),
            ("Origin", "https://post.example.com"));
        Assert.Equal(cookie is null ? HttpStatusCode.Forbidden : HttpStatusCode.SeeOther, response.StatusCode);
        var line = response.Header("Set-Cookie");
        Assert.Equal(cookie is null, line is null);
        Assert.True(line is null || line.StartsWith(cookie!, StringComparison.Ordinal) && line.Contains("; secure;"));
    }

    /// <summary>Every header by which somebody may hope to choose the address in a link.</summary>
    public static TheoryData<string> Sweep { get; } =
    [
        "Host", "X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Prefix", "X-Host", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Host-Override",
        "Forwarded", "Referer", "Origin-Host", "Base-Url", "X-Real-IP", "X-Forwarded-For", "True-Client-IP",
    ];

    [Theory]
    [MemberData(nameof(Sweep))]
    public async Task GHSA_3529_5m8x_rpv3_no_header_chooses_the_address_of_a_link(string name)
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"),
            Proxies = ["127.0.0.0/8"],
            Endpoints = [PostHost.Contact with { Redirect = null }],
        });
        var value = name == "Forwarded" ? "host=evil.example" : "evil.example";
        using var json = await host.PostJsonAsync(Keys.Ada, (name, value));
        using var page = await host.PostFormAsync(
            "name=Ada&email=ada%40example.com", (name, value), ("Accept", "text/html"));
        using var receipt = await host.SendAsync(
            HttpMethod.Get, page.Headers.Location!.OriginalString, (name, value), ("Accept", "text/html"));
        using var form = await host.SendAsync(HttpMethod.Get, "/api/contact", (name, value), ("Accept", "text/html"));
        foreach (var response in (HttpResponseMessage[])[json, page, receipt, form])
        {
            Assert.InRange((int)response.StatusCode, 200, 303);
            Assert.DoesNotContain("evil.example", response.Headers.ToString());
            Assert.DoesNotContain("evil.example", await response.Content.ReadAsStringAsync());
        }
    }

    private static DefaultHttpContext Request(string headers, string peer)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        foreach (var line in headers.Split('|'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            http.Request.Headers.Append(line[..colon], line[(colon + 2)..]);
        }

        return http;
    }

    private static ForwardedHeaders Reader()
    {
        var proxies = new ProxyList();
        proxies.Replace(new PostroomDeclaration { Proxies = ["10.0.0.0/8", "fd00::/8"] });
        return new ForwardedHeaders(proxies, NullLogger<ForwardedHeaders>.Instance);
    }
}
