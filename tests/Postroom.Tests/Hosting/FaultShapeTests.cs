using System.Text.Json;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>Every refusal explains itself: as a problem document (RFC 9457), or as a page for who asks for one.</summary>
public sealed class FaultShapeTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Dictionary<string, Slip> Slips = new()
    {
        ["empty-body"] = new("application/json", ""),
        ["incomplete-body"] = new("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"),
        ["malformed-json"] = new("application/json", "{\"name\": Ada}"),
        ["malformed-xml"] = new("application/xml", "<a>"),
        ["malformed-csv"] = new("text/csv", "a,b\n1", Path: "/api/rows"),
        ["malformed-form"] = new("multipart/form-data", "x"),
        ["limit-exceeded"] = new(Form, "a=1&b=2&c=3&d=4&e=5&f=6"),
        ["validation-failed"] = new("application/json", "{}"),
        ["idempotency-key-missing"] = new("application/json", Keys.Ada, Path: "/api/keyed"),
        ["idempotency-key-invalid"] = new("application/json", Keys.Ada, "Idempotency-Key", "short"),
        ["unauthenticated"] = new("application/json", Keys.Ada, Path: "/api/members"),
        ["origin-refused"] = new("application/json", Keys.Ada, "Origin", "https://evil.example"),
        ["body-too-large"] = new("application/json", new string(' ', 20_000)),
        ["media-type-unsupported"] = new("text/plain", "Ada"),
        ["media-type-mismatch"] = new(Form, Keys.Ada),
        ["content-coding-unsupported"] = new("application/json", Keys.Ada, "Content-Encoding", "zstd"),
        ["malformed-coding"] = new("application/json", Keys.Ada, "Content-Encoding", "gzip"),
        ["files-unsupported"] = new("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n\r\nx\r\n--b--\r\n"),
        ["too-early"] = new("application/json", Keys.Ada, "Early-Data", "1"),
        ["idempotency-key-expired"] = new(
            "application/json", Keys.Ada, "Idempotency-First-Sent", "Thu, 01 Jan 2026 00:00:00 GMT", "/api/keyed"),
        ["overloaded"] = new("application/json", Keys.Ada) { Outcome = UnitOutcome.Busy },
        ["storage-full"] = new("application/json", Keys.Ada) { Outcome = UnitOutcome.Full },
        ["outcome-unknown"] = new("application/json", Keys.Ada) { Outcome = UnitOutcome.Unknown },
        ["internal-error"] = new("application/json", Keys.Ada) { Outcome = new UnitOutcome(UnitVerdict.Failed, Error: "x") },
    };

    public static TheoryData<string> Codes { get; } = [.. Slips.Keys];

    public static TheoryData<string> Kinds { get; } = [.. FaultCatalogue.All.Select(kind => kind.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_program_reads_a_problem_document_whatever_it_accepts(string code)
    {
        await using var host = await StartAsync(Slips[code]);
        foreach (var accept in (string[])["*/*", "application/json", "image/png", "application/json;q=0"])
        {
            using var response = await Slips[code].SendAsync(host, accept);
            AssertProblem(FaultCatalogue.All.Single(kind => kind.Code == code), response, await response.JsonAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_person_reads_a_page_with_the_same_words(string code)
    {
        await using var host = await StartAsync(Slips[code]);
        using var problem = await Slips[code].SendAsync(host, "*/*");
        using var page = await Slips[code].SendAsync(host, "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal(problem.StatusCode, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.Equal(problem.Header("Retry-After"), page.Header("Retry-After"));
        var message = (await problem.JsonAsync()).GetProperty("message").GetString()!;
        var end = message.IndexOf("Reference", StringComparison.Ordinal);
        Assert.Contains(end < 0 ? message : message[..end], await WordsAsync(page));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_makes_a_document_that_parses_whatever_its_message(string code)
    {
        var kind = FaultCatalogue.All.Single(kind => kind.Code == code);
        const string message = "Quotes \" and \\ and \u0001 and \u202e and </script> and 😀.";
        var fault = new Fault(kind, message)
        {
            Errors = [new FieldFault("/a~1b/\"", "x", message)],
            Limit = new LimitFault("limits.body", long.MaxValue),
            RetryAfter = TimeSpan.FromMilliseconds(1500),
        };
        using var json = JsonDocument.Parse(ProblemAnswer.Render(fault).Body);
        var root = json.RootElement;
        Assert.Equal(message, root.GetProperty("message").GetString());
        Assert.Equal(message, root.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal("/a~1b/\"", root.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(long.MaxValue, root.GetProperty("limit").GetProperty("value").GetInt64());
        Assert.Equal(2, root.GetProperty("retry").GetProperty("seconds").GetInt64());
        Assert.Equal("/_postroom/errors/" + code, root.GetProperty("type").GetString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_type_leads_to_a_page_that_explains_it(string code)
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, "/_postroom/errors/" + code);
        Assert.Equal(200, (int)page.StatusCode);
        var kind = FaultCatalogue.All.Single(kind => kind.Code == code);
        Assert.Contains(kind.Explanation, await WordsAsync(page));
    }

    /// <summary>The words of a page, with code written as in messages.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage page)
    {
        var html = await page.Content.ReadAsStringAsync();
        return System.Net.WebUtility.HtmlDecode(html
            .Replace("<code>", "`", StringComparison.Ordinal).Replace("</code>", "`", StringComparison.Ordinal));
    }

    private static void AssertProblem(FaultKind kind, HttpResponseMessage response, JsonElement json)
    {
        Assert.Equal(kind.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", response.Header("Cache-Control"));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        Assert.Equal(kind.Type, json.GetProperty("type").GetString());
        Assert.Equal(kind.Title, json.GetProperty("title").GetString());
        Assert.Equal(kind.Status, json.GetProperty("status").GetInt32());
        Assert.Equal(kind.Code, json.GetProperty("code").GetString());
        var message = json.GetProperty("message").GetString();
        Assert.False(string.IsNullOrWhiteSpace(message));
        Assert.Equal(message, json.GetProperty("detail").GetString());
        var retry = json.GetProperty("retry");
        Assert.Equal(kind.Retry != RetryAdvice.Never, retry.GetProperty("useful").GetBoolean());
        Assert.Equal(retry.TryGetProperty("seconds", out var seconds) ? seconds.GetRawText() : null, response.Header("Retry-After"));
    }

    private static Task<PostHost> StartAsync(Slip slip)
    {
        var limits = new LimitsDeclaration { Body = 10_000, Fields = 5, Rate = null };
        var contact = PostHost.Contact with { Limits = limits };
        var keyed = contact with
        {
            Path = "/api/keyed",
            Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required, RefuseLate = true },
        };
        var rows = contact with { Path = "/api/rows", Formats = ["csv"] };
        var members = contact with { Path = "/api/members", Access = "authenticated" };
        var faults = new FaultInjector(new StoreKind("memory"));
        if (slip.Outcome is { } outcome)
        {
            faults.Commit = (_, _) => new ValueTask<UnitOutcome>(outcome);
        }

        return PostHost.StartAsync(
            new PostroomDeclaration { Endpoints = [contact, keyed, members, rows] }, store: faults.Choose);
    }

    private sealed record Slip(
        string MediaType, string Body, string Header = "User-Agent", string Value = "test", string Path = "/api/contact")
    {
        public UnitOutcome? Outcome { get; init; }

        public Task<HttpResponseMessage> SendAsync(PostHost host, string accept)
        {
            var key = Header == "Idempotency-First-Sent" ? Keys.Header(Keys.One) : ("X-None", "none");
            return host.PostAsync(Path, MediaType, Body, (Header, Value), ("Accept", accept), key);
        }
    }
}
