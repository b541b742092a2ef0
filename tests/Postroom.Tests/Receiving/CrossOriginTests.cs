using System.Globalization;
using System.Net;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>What a page of another origin may send and read (Fetch §3.2): exact origins, on every answer.</summary>
public sealed class CrossOriginTests
{
    private const string Page = "https://www.example.com";

    private static readonly PostroomDeclaration Production = new()
    {
        Url = new Uri("https://post.example.com"),
        Origins = [Page],
        Endpoints = [PostHost.Contact],
    };

    [Fact]
    public async Task A_preflight_of_a_listed_page_is_granted_exactly()
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await PreflightAsync(host, Page);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(Page, response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("POST", response.Header("Access-Control-Allow-Methods"));
        var headers = response.Header("Access-Control-Allow-Headers")!;
        Assert.Contains("content-type", headers);
        Assert.Contains("idempotency-key", headers);
        Assert.Contains("authorization", headers);
        Assert.InRange(int.Parse(response.Header("Access-Control-Max-Age")!, CultureInfo.InvariantCulture), 1, 7200);
        Assert.Contains("Origin", response.Header("Vary"));
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://evilexample.com")]
    [InlineData("http://www.example.com")]
    [InlineData("null")]
    [InlineData("http://localhost:3000")]
    public async Task A_preflight_of_any_other_page_is_granted_nothing(string origin)
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await PreflightAsync(host, origin);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header =>
            header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Origin", response.Header("Vary"));
    }

    [Fact]
    public async Task A_preflight_in_development_is_granted_to_pages_of_this_machine()
    {
        await using var host = await PostHost.StartAsync();
        using var granted = await PreflightAsync(host, "http://localhost:5500");
        using var forwarded = await PreflightAsync(host, "http://localhost:5500", ("X-Forwarded-For", "203.0.113.9"));
        Assert.Equal("http://localhost:5500", granted.Header("Access-Control-Allow-Origin"));
        Assert.Null(forwarded.Header("Access-Control-Allow-Origin"));
    }

    /// <summary>
    /// A page of the open web that asks for a machine of a private network is granted no more than its origin is.
    /// </summary>
    [Theory]
    [InlineData(Page)]
    [InlineData("https://evil.example")]
    public async Task A_preflight_for_a_private_network_is_granted_nothing_more(string origin)
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await PreflightAsync(host, origin, ("Access-Control-Request-Private-Network", "true"));
        Assert.Null(response.Header("Access-Control-Allow-Private-Network"));
        Assert.Equal(origin == Page ? Page : null, response.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflights_are_not_counted_by_the_rate()
    {
        await using var host = await PostHost.StartAsync(Limited(1));
        for (var time = 0; time < 3; time++)
        {
            using var preflight = await PreflightAsync(host, Page);
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        }

        using var post = await host.PostJsonAsync(Keys.Ada, ("Origin", Page));
        Assert.Equal(HttpStatusCode.Created, post.StatusCode);
    }

    [Fact]
    public async Task Credentials_are_allowed_only_where_callers_are_known()
    {
        var known = PostHost.Contact with { Access = "authenticated" };
        await using var host = await PostHost.StartAsync(Production with { Endpoints = [known] });
        using var response = await PreflightAsync(host, Page);
        Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task OPTIONS_without_a_page_lists_the_methods()
    {
        await using var host = await PostHost.StartAsync(Production);
        using var response = await host.SendAsync(HttpMethod.Options, "/api/contact");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS, POST", response.Header("Allow"));
        Assert.Contains("application/json", response.Header("Accept-Post"));
    }

    /// <summary>Answers of every class: what is sent, and what comes of it.</summary>
    public static TheoryData<string, string, string, int> Answers { get; } = new()
    {
        { "application/json", Keys.Ada, "", 201 },
        { "application/json", "{", "", 400 },
        { "application/json", "{}", "", 400 },
        { "text/plain", Keys.Ada, "", 415 },
        { "application/json", Keys.Ada, "Early-Data: 1", 425 },
        { "application/json", Keys.Ada, "Idempotency-Key: short", 400 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_listed_page_can_read_every_answer(string mediaType, string body, string header, int status)
    {
        await using var host = await PostHost.StartAsync(Production);
        var extra = header.Length == 0 ? ("Accept", "*/*") : (header.Split(": ")[0], header.Split(": ")[1]);
        using var response = await host.PostAsync("/api/contact", mediaType, body, ("Origin", Page), extra);
        Assert.Equal(status, (int)response.StatusCode);
        AssertReadable(response);
    }

    [Fact]
    public async Task A_listed_page_can_read_that_it_is_too_fast()
    {
        await using var host = await PostHost.StartAsync(Limited(1));
        using var first = await host.PostJsonAsync(Keys.Ada, ("Origin", Page));
        using var second = await host.PostJsonAsync(Keys.Ben, ("Origin", Page));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        AssertReadable(second);
    }

    [Fact]
    public async Task A_listed_page_can_read_that_the_server_failed()
    {
        using var kind = new StoreKind("memory");
        var faults = new FaultInjector(kind);
        await using var host = await PostHost.StartAsync(Production, store: faults.Choose);
        faults.Commit = (_, _) => new ValueTask<UnitOutcome>(UnitOutcome.Busy);
        using var busy = await host.PostJsonAsync(Keys.Ada, ("Origin", Page));
        faults.Commit = (_, _) => throw new InvalidOperationException("a bug of ours");
        using var broken = await host.PostJsonAsync(Keys.Ben, ("Origin", Page));
        Assert.Equal(503, (int)busy.StatusCode);
        AssertReadable(busy);
        Assert.Equal(500, (int)broken.StatusCode);
        AssertReadable(broken);
        Assert.Equal("internal-error", await broken.CodeAsync());
    }

    private static PostroomDeclaration Limited(int rate) => Production with
    {
        Endpoints = [PostHost.Contact with { Limits = new LimitsDeclaration { Rate = rate } }],
    };

    private static void AssertReadable(HttpResponseMessage response)
    {
        Assert.Equal(Page, response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin, Accept", response.Header("Vary"));
        var exposed = response.Header("Access-Control-Expose-Headers")!;
        foreach (var name in (string[])["Location", "Retry-After", "Idempotency-Status", "Postroom-Entry"])
        {
            Assert.Contains(name, exposed);
        }
    }

    private static Task<HttpResponseMessage> PreflightAsync(
        PostHost host, string origin, params (string Name, string Value)[] headers) => host.SendAsync(
            HttpMethod.Options, "/api/contact",
            [("Origin", origin), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type"), .. headers]);
}
