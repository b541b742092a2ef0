using System.Text.Json;
using Microsoft.Playwright;

namespace Postroom.Browser.Tests;

/// <summary>
/// CORS (Fetch §3.2) as a browser carries it out: what a declared page may send and read, and that another one may read
/// nothing.
/// </summary>
public sealed class CrossOriginReadTests(Chromium chromium, ProductionServer production)
    : IClassFixture<ProductionServer>
{
    private const string Ada = """{"name":"Ada","email":"ada@example.com"}""";

    /// <summary>What the page gets: the status with the body and the exposed headers, or the name of the fault.</summary>
    private const string Ask = """
        async ([url, options]) => {
          try {
            const response = await fetch(url, options);
            return { status: response.status, type: response.type, body: await response.text(),
              headers: Object.fromEntries(response.headers) };
          } catch (error) { return { fault: error.name }; }
        }
        """;

    /// <summary>The media type, a header beside it, the body, and the status that the page can read.</summary>
    public static TheoryData<string, string, string, string, int, string> Answers { get; } = new()
    {
        { "application/json", "Idempotency-Key", "a-key-of-a-browser-01", Ada, 201, "message" },
        { "application/json", "Accept", "*/*", "{", 400, "malformed-json" },
        { "application/json", "Accept", "*/*", "{}", 400, "validation-failed" },
        { "application/json", "Idempotency-Key", "short", Ada, 400, "idempotency-key-invalid" },
        { "application/json", "Accept", "*/*", "", 400, "empty-body" },
        { "text/plain", "Accept", "*/*", Ada, 415, "media-type-unsupported" },
        { "text/json", "Accept", "*/*", Ada, 415, "media-type-unsupported" },
        { "application/json", "Content-Encoding", "nothing", Ada, 415, "content-coding-unsupported" },
        { "application/x-www-form-urlencoded", "Accept", "application/json", "name=Ada&email=a@b.example", 201, "message" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task A_declared_page_reads_every_answer_with_its_headers(
        string mediaType, string header, string value, string body, int status, string text)
    {
        var answer = await FromAsync(production.Listed.Url, Options(body, ("Content-Type", mediaType), (header, value)));
        Assert.Equal(status, answer.GetProperty("status").GetInt32());
        Assert.Equal("cors", answer.GetProperty("type").GetString());
        Assert.Contains(text, answer.GetProperty("body").GetString(), StringComparison.Ordinal);
        if (status == 201)
        {
            Assert.True(answer.GetProperty("headers").TryGetProperty("postroom-entry", out _));
        }
    }

    [Fact]
    public async Task A_declared_page_reads_when_it_may_come_again()
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop($"origins: [{production.Listed.Url}]");
            example.AddAtTop("url: https://post.example.com");
            example.AddAtEnd("    limits: {rate: 1/min}");
        });
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(production.Listed.Url);
        await AskAsync(page, server.Url, Options(Ada, ("Content-Type", "application/json")));
        var second = await AskAsync(page, server.Url, Options(Ada, ("Content-Type", "application/json")));
        Assert.Equal(429, second.GetProperty("status").GetInt32());
        Assert.True(second.GetProperty("headers").TryGetProperty("retry-after", out _));
    }

    /// <summary>
    /// A public endpoint knows no callers, so no answer of it allows credentials, and a page that insists on them reads
    /// nothing. There is never a star.
    /// </summary>
    [Theory]
    [InlineData("omit", true)]
    [InlineData("same-origin", true)]
    [InlineData("include", false)]
    public async Task Credentials_are_not_for_public_endpoints(string credentials, bool passes)
    {
        var options = Options(Ada, ("Content-Type", "application/json"));
        options["credentials"] = credentials;
        var answer = await FromAsync(production.Listed.Url, options);
        Assert.Equal(passes, answer.TryGetProperty("status", out _));
    }

    /// <summary>Whatever is more than a form could send asks first, and is not sent when the page is not declared.</summary>
    [Theory]
    [InlineData("POST", "Content-Type", "application/json")]
    [InlineData("POST", "Content-Type", "application/xml")]
    [InlineData("POST", "Authorization", "Bearer 1")]
    [InlineData("POST", "Idempotency-Key", "a-key-of-a-browser-02")]
    [InlineData("POST", "X-Custom", "1")]
    [InlineData("PUT", "Accept", "*/*")]
    [InlineData("PATCH", "Accept", "*/*")]
    [InlineData("DELETE", "Accept", "*/*")]
    public async Task An_undeclared_page_asks_and_sends_nothing(string method, string header, string value)
    {
        await using var elsewhere = await PageServer.StartAsync("<title>Elsewhere</title>");
        var log = production.Server.Log;
        var before = log.Count("POST /api/contact");
        var options = Options("name=Ada", (header, value));
        options["method"] = method;
        foreach (var origin in (string[])[elsewhere.Url, elsewhere.OtherSite])
        {
            Assert.Equal("TypeError", (await FromAsync(origin, options)).GetProperty("fault").GetString());
        }

        // What comes next on the log shows that nothing came before it.
        await FromAsync(production.Listed.Url, Options(Ada, ("Content-Type", "application/json")));
        await log.LinesWithAsync("POST /api/contact", before + 1);
        Assert.Equal(before + 1, log.Count("POST /api/contact"));
    }

    /// <summary>Headers that are not granted are not sent by a declared page either.</summary>
    [Theory]
    [InlineData("POST", "X-Custom", "1", false)]
    [InlineData("PUT", "Accept", "*/*", false)]
    [InlineData("POST", "Authorization", "Bearer 1", true)]
    [InlineData("POST", "Idempotency-Key", "a-key-of-a-browser-03", true)]
    public async Task A_declared_page_is_granted_what_is_listed(string method, string header, string value, bool passes)
    {
        var options = Options(Ada, ("Content-Type", "application/json"), (header, value));
        options["method"] = method;
        var answer = await FromAsync(production.Listed.Url, options);
        Assert.Equal(passes, answer.TryGetProperty("status", out _));
    }

    /// <summary>An undeclared page that may send (a form could, too) is refused and cannot read why.</summary>
    [Fact]
    public async Task An_undeclared_page_reads_nothing()
    {
        await using var elsewhere = await PageServer.StartAsync("<title>Elsewhere</title>");
        var options = Options("name=Ada", ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal("TypeError", (await FromAsync(elsewhere.Url, options)).GetProperty("fault").GetString());
        options["mode"] = "no-cors";
        var opaque = await FromAsync(elsewhere.Url, options);
        Assert.Equal("opaque", opaque.GetProperty("type").GetString());
        Assert.Equal(0, opaque.GetProperty("status").GetInt32());
        Assert.Equal("", opaque.GetProperty("body").GetString());
    }

    /// <summary>The same host under another name, port or scheme is another origin.</summary>
    [Fact]
    public async Task A_declared_page_under_another_name_is_undeclared()
    {
        var options = Options(Ada, ("Content-Type", "application/json"));
        var answer = await FromAsync(production.Listed.OtherSite, options);
        Assert.Equal("TypeError", answer.GetProperty("fault").GetString());
    }

    /// <summary>The answer to the question is remembered: two POSTs, one preflight.</summary>
    [Fact]
    public async Task A_preflight_is_asked_once()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var methods = new List<string>();
        var session = await context.NewCDPSessionAsync(page);
        session.Event("Network.requestWillBeSent").OnEvent += (_, message) =>
        {
            var request = message!.Value.GetProperty("request");
            if (request.GetProperty("url").GetString()!.EndsWith("/api/contact", StringComparison.Ordinal))
            {
                methods.Add(request.GetProperty("method").GetString()!);
            }
        };
        await session.SendAsync("Network.enable");
        await page.GotoAsync(production.Listed.Url);
        for (var time = 0; time < 2; time++)
        {
            var answer = await AskAsync(
                page, production.Server.Url, Options(Ada, ("Content-Type", "application/json")));
            Assert.Equal(201, answer.GetProperty("status").GetInt32());
        }

        Assert.Equal(["OPTIONS", "POST", "POST"], methods.Order(StringComparer.Ordinal));
    }

    private async Task<JsonElement> FromAsync(string origin, Dictionary<string, object> options)
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(origin);
        return await AskAsync(page, production.Server.Url, options);
    }

    private static async Task<JsonElement> AskAsync(IPage page, string server, Dictionary<string, object> options) =>
        await page.EvaluateAsync<JsonElement>(Ask, new object[] { server + "/api/contact", options });

    private static Dictionary<string, object> Options(string body, params (string Name, string Value)[] headers) => new()
    {
        ["method"] = "POST",
        ["body"] = body,
        ["headers"] = headers.ToDictionary(header => header.Name, header => (object)header.Value),
    };
}
