using System.Net;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>Who may post, by the headers that browsers set: every line is one request.</summary>
public sealed class OriginMatrixTests
{
    private const string None = "";

    private static readonly PostroomDeclaration Production = new()
    {
        Url = new Uri("https://post.example.com"),
        Origins = ["https://www.example.com"],
        Endpoints = [PostHost.Contact with { Limits = new LimitsDeclaration { Rate = null } }],
    };

    /// <summary>Sec-Fetch-Site, Origin, Cookie, whether it passes.</summary>
    public static TheoryData<string, string, string, bool> InProduction { get; } = new()
    {
        // Fetch Metadata speaks.
        { "same-origin", None, None, true },
        { "same-origin", None, "session=1", true },
        { "none", None, None, true },
        { "none", None, "session=1", true },
        { "same-origin", "https://post.example.com", "session=1", true },
        { "cross-site", None, None, false },
        { "same-site", None, None, false },
        { "same-site", "https://other.example.com", None, false },
        { "cross-site", "https://evil.example", None, false },
        { "cross-site", "null", None, false },
        { "invented", None, None, false },
        { "SAME-ORIGIN", None, None, false },

        // A listed origin passes whatever the site.
        { "cross-site", "https://www.example.com", None, true },
        { "same-site", "https://www.example.com", "session=1", true },
        { None, "https://www.example.com", None, true },
        { None, "https://www.example.com", "session=1", true },
        { None, "https://post.example.com", None, true },

        // No Fetch Metadata: Origin must be listed, exactly.
        { None, "https://evil.example", None, false },
        { None, "null", None, false },
        { None, "http://www.example.com", None, false },
        { None, "http://post.example.com", None, false },
        { None, "https://evilexample.com", None, false },
        { None, "https://evilwww.example.com", None, false },
        { None, "https://www.example.com.evil.example", None, false },
        { None, "https://wwwXexample.com", None, false },
        { None, "https://sub.www.example.com", None, false },
        { None, "https://example.com", None, false },
        { None, "https://www.example.com:443", None, false },
        { None, "https://www.example.com:8443", None, false },
        { None, "https://www.example.com/", None, false },
        { None, "HTTPS://WWW.EXAMPLE.COM", None, false },
        { None, "https://www.example.com, https://evil.example", None, false },
        { None, "http://localhost", None, false },
        { None, "http://127.0.0.1:3000", None, false },

        // Neither: no browser of our time. Only a cookie could speak for somebody.
        { None, None, None, true },
        { None, None, "session=1", false },
    };

    /// <summary>The same in development; <c>self</c> stands for the address that was asked.</summary>
    public static TheoryData<string, string, string, bool> InDevelopment { get; } = new()
    {
        { None, "http://localhost:8080", None, true },
        { "cross-site", "http://localhost:8080", None, true },
        { None, "http://127.0.0.1:5500", None, true },
        { None, "http://[::1]:5500", None, true },
        { None, "https://localhost", None, true },
        { None, "null", None, true },
        { "cross-site", "null", None, true },
        { None, "self", None, true },
        { "same-origin", "self", "session=1", true },
        { None, None, None, true },
        { None, "http://localhost:8080", "session=1", false },
        { None, "null", "session=1", false },
        { None, "https://evil.example", None, false },
        { None, "https://localhost.evil.example", None, false },
        { None, "http://127.0.0.1.evil.example", None, false },
        { None, "ftp://localhost", None, false },
        { None, "http://localhost/page", None, false },
        { None, "http://user@localhost", None, false },
        { "cross-site", None, None, false },
        { None, None, "session=1", false },
    };

    [Theory]
    [MemberData(nameof(InProduction))]
    public async Task Production_lists_exactly(string site, string origin, string cookie, bool passes)
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await host.PostJsonAsync(Keys.Ada, Headers(host, site, origin, cookie));
        await AssertAsync(host, response, passes);
    }

    [Theory]
    [MemberData(nameof(InDevelopment))]
    public async Task Development_lets_pages_of_this_machine_pass(string site, string origin, string cookie, bool passes)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, Headers(host, site, origin, cookie));
        await AssertAsync(host, response, passes);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "post.example.com")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task A_forwarded_request_gets_no_leniency(string header, string value)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, ("Origin", "http://localhost:8080"), (header, value));
        await AssertAsync(host, response, passes: false);
    }

    /// <summary>No client sends it, and an answer that repeated it could not be written.</summary>
    [Fact]
    public async Task An_origin_beyond_ASCII_is_refused_and_no_500()
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendAsync(host.Address, "Origin: http://localhost/é", Keys.Ada);
        Assert.Equal(403, raw.Status);
        Assert.Equal("origin-refused", raw.Code);
    }

    [Fact]
    public async Task A_leniency_is_logged()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, ("Origin", "http://localhost:8080"));
        await Patience.UntilAsync(
            () => host.Log.Lines.Any(line => line.Contains(
                "origin http://localhost:8080 passes in development only", StringComparison.Ordinal)),
            "the line in the log, which is written after the answer");
    }

    [Fact]
    public async Task An_endpoint_that_knows_its_callers_gets_no_leniency()
    {
        await using var host = await PostHost.StartAsync(PostHost.Contact with { Access = "authenticated" });
        using var response = await host.PostJsonAsync(Keys.Ada, ("Origin", "http://localhost:8080"));
        Assert.Equal("origin-refused", await response.CodeAsync());
    }

    [Fact]
    public async Task The_refusal_names_the_page_and_the_line_to_add()
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await host.PostJsonAsync(Keys.Ada, ("Origin", "https://shop.example.org"));
        var json = await response.JsonAsync();
        Assert.Equal(
            "This page (https://shop.example.org) may not post here. To allow it, add it to `origins:` in postroom.yaml.",
            json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Two_origins_are_refused()
    {
        await using var host = await PostHost.StartAsync(Production);
        using var raw = await RawPost.SendAsync(
            host.Address, "Origin: https://www.example.com\r\nOrigin: https://www.example.com", Keys.Ada);
        Assert.Equal("origin-refused", raw.Code);
    }

    [Fact]
    public async Task An_origin_of_the_endpoint_counts_for_the_endpoint_only()
    {
        var special = PostHost.Contact with { Path = "/api/special", Origins = ["https://partner.example"] };
        await using var host = await PostHost.StartAsync(Production with { Endpoints = [PostHost.Contact, special] });
        using var here = await host.PostAsync(
            "/api/special", "application/json", Keys.Ada, ("Origin", "https://partner.example"));
        using var elsewhere = await host.PostJsonAsync(Keys.Ada, ("Origin", "https://partner.example"));
        Assert.Equal(HttpStatusCode.Created, here.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }

    [Fact]
    public async Task It_is_judged_before_the_body_is_read()
    {
        await using var host = await PostHost.StartAsync(Production);
        using var raw = await RawPost.SendBytesAsync(
            host.Address,
            "POST /api/contact HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nContent-Type: application/json\r\n"
            + "Content-Length: 500000\r\n\r\n");
        Assert.Equal("origin-refused", raw.Code);
        Assert.Contains("Connection: close", raw.Head);
    }

    private static (string, string)[] Headers(PostHost host, string site, string origin, string cookie) =>
    [
        .. new (string Name, string Value)[]
        {
            ("Sec-Fetch-Site", site),
            ("Origin", origin == "self" ? host.Address.GetLeftPart(UriPartial.Authority) : origin),
            ("Cookie", cookie),
        }.Where(header => header.Value != None),
    ];

    private static async Task AssertAsync(PostHost host, HttpResponseMessage response, bool passes)
    {
        if (passes)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            Assert.Single(host.Entries());
            return;
        }

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("origin-refused", await response.CodeAsync());
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Empty(host.Entries());
    }
}
