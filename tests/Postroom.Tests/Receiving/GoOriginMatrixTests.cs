using System.Net;
using System.Net.Http.Headers;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>
/// Our rule beside that of Go's <c>http.CrossOriginProtection</c>, header by header. Where they differ, the reason
/// stands in <see cref="Difference"/>; every other row must agree.
/// </summary>
public sealed class GoOriginMatrixTests(GoOriginMatrixTests.Server server) : IClassFixture<GoOriginMatrixTests.Server>
{
    private const string Own = "https://post.example.com";
    private const string Trusted = "https://www.example.com";

    private static readonly string[] Sites = ["", "same-origin", "none", "same-site", "cross-site", "invented"];

    private static readonly string[] Origins =
        ["", Own, "http://post.example.com", Trusted, "http://www.example.com", "https://evil.example", "null"];

    private static readonly string[] Hosts = ["post.example.com", "evil.example"];

    private static readonly string[] Methods = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];

    public static TheoryData<string, string> Rows { get; } = new(
        from site in Sites from origin in Origins select (site, origin));

    [Theory, MemberData(nameof(Rows))]
    public async Task It_judges_as_ours_does_or_for_a_reason(string site, string origin)
    {
        foreach (var host in Hosts)
        {
            foreach (var method in Methods)
            {
                var stored = server.Host.Entries().Count;
                var ours = await StatusAsync(method, site, origin, host);
                var stores = server.Host.Entries().Count > stored;
                Assert.Equal(method == "POST" && ours == HttpStatusCode.Created, stores);
                AssertVerdict(method, ours, GoPasses(method, site, origin, host), Difference(site, origin, host));
            }
        }
    }

    private static void AssertVerdict(string method, HttpStatusCode ours, bool goPasses, string? difference)
    {
        switch (method)
        {
            case "POST":
                var passes = difference is null ? goPasses : !goPasses;
                Assert.Equal(passes ? HttpStatusCode.Created : HttpStatusCode.Forbidden, ours);
                break;
            case "GET" or "HEAD" or "OPTIONS":
                Assert.True(goPasses);
                Assert.NotEqual(HttpStatusCode.Forbidden, ours);
                break;
            default:
                // Nobody takes these here, whatever their origin.
                Assert.Equal(HttpStatusCode.MethodNotAllowed, ours);
                break;
        }
    }

    /// <summary>
    /// Go 1.25: safe methods, then Sec-Fetch-Site, then the host of Origin against Host, then what is trusted.
    /// </summary>
    private static bool GoPasses(string method, string site, string origin, string host)
    {
        if (method is "GET" or "HEAD" or "OPTIONS" || site is "same-origin" or "none")
        {
            return true;
        }

        var isSame = site.Length == 0 && (origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == host));
        return isSame || origin == Trusted;
    }

    /// <summary>Why the verdicts are opposite; null where they are not.</summary>
    private static string? Difference(string site, string origin, string host) => (site, origin) switch
    {
        ("same-origin" or "none", _) => null,
        ("", Own) when host != "post.example.com" =>
            "Go compares with Host, which the client writes. Ours is the origin of `url:`, whatever Host says.",
        ("", "https://evil.example") when host == "evil.example" =>
            "The same from the other side: a name of the attacker's that leads here (DNS rebinding) is not ours.",
        ("", "http://post.example.com") when host == "post.example.com" =>
            "Go ignores the scheme, which it cannot know behind a proxy. Ours is declared, and in clear is another.",
        ("same-site" or "cross-site" or "invented", Own) =>
            "The origin of `url:` is one of the declared. No browser says both; whoever can write both is no browser.",
        _ => null,
    };

    private async Task<HttpStatusCode> StatusAsync(string method, string site, string origin, string host)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/contact");
        request.Headers.Host = host;
        if (method == "POST")
        {
            request.Content = new StringContent(Keys.Ada, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("Sec-Fetch-Site", site), ("Origin", origin)])
        {
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await server.Host.Client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>One server for all rows.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public PostHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = new Uri(Own),
            Origins = [Trusted],
            Endpoints = [PostHost.Contact with { Limits = new LimitsDeclaration { Rate = null } }],
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
