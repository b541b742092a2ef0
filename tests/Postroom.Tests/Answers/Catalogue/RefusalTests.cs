using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Answers.Catalogue;

/// <summary>
/// Every kind of refusal that there is, over a socket, in every form: its words, its advice, and what it tells browsers
/// and caches.
/// </summary>
public sealed class RefusalTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static readonly XNamespace Problem = "urn:ietf:rfc:7807";

    public static TheoryData<string> Codes { get; } = [.. RefusalCases.All().Select(refusal => refusal.Code)];

    /// <summary>There is no exception: who adds a kind says here how it comes about.</summary>
    [Fact]
    public void Every_kind_is_brought_about() => Assert.Equal(
        FaultCatalogue.All.Select(kind => kind.Code).Order(StringComparer.Ordinal),
        Codes.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_is_in_the_catalogue() => Assert.Empty(
        from property in typeof(FaultCatalogue).GetProperties()
        where property.PropertyType == typeof(FaultKind)
        let kind = (FaultKind)property.GetValue(null)!
        where !FaultCatalogue.All.Contains(kind)
        select kind.Code);

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task It_is_whole_in_every_form(string code)
    {
        var (refusal, kind) = Find(code);
        await using var host = await refusal.StartAsync();
        await refusal.Before(host);
        using var json = await refusal.SendAsync(host, "application/json", RefusalCase.Page);
        using var xml = await refusal.SendAsync(host, "application/xml", RefusalCase.Page);
        using var page = await refusal.SendAsync(host, Browser, RefusalCase.Page);
        await refusal.After();
        AssertJson(kind, json);
        AssertXml(kind, xml, json);
        AssertPage(kind, page, json);
        foreach (var answer in (RawPost[])[json, xml, page])
        {
            AssertHead(kind, answer);
            AssertReadable(refusal, answer);
        }
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("*/*;q=0")]
    [InlineData("application/json;q=0")]
    public async Task Whom_nothing_suits_is_told_in_JSON(string accept)
    {
        var (refusal, kind) = Find("validation-failed");
        await using var host = await refusal.StartAsync();
        using var answer = await refusal.SendAsync(host, accept, RefusalCase.Page);
        AssertJson(kind, answer);
        AssertHead(kind, answer);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_page_of_another_origin_can_read_nothing_of_it(string code)
    {
        var (refusal, _) = Find(code);
        await using var host = await refusal.StartAsync();
        await refusal.Before(host);
        foreach (var origin in (string?[])["https://evil.example", "null", "http://www.example.com", null])
        {
            using var answer = await refusal.SendAsync(host, "*/*", origin);
            Assert.DoesNotContain("\nAccess-Control-", answer.Head, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(refusal.IsRead ? "Origin, Accept" : "Accept", answer.Header("Vary"));
            if (origin is not null && refusal.Unreadable is null && !refusal.IsRead)
            {
                Assert.Equal("origin-refused", answer.Code);
            }
        }

        await refusal.After();
    }

    private static (RefusalCase Refusal, FaultKind Kind) Find(string code) => (
        RefusalCases.All().Single(refusal => refusal.Code == code),
        FaultCatalogue.All.Single(kind => kind.Code == code));

    private static void AssertHead(FaultKind kind, RawPost answer)
    {
        Assert.Equal(kind.Status, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Postroom-Entry"));
    }

    private static void AssertReadable(RefusalCase refusal, RawPost answer)
    {
        var isReadable = refusal.Unreadable is null;
        Assert.Equal(isReadable ? "Origin, Accept" : "Accept", answer.Header("Vary"));
        Assert.Equal(isReadable ? RefusalCase.Page : null, answer.Header("Access-Control-Allow-Origin"));
        if (isReadable)
        {
            Assert.Contains("Retry-After", answer.Header("Access-Control-Expose-Headers"));
        }
    }

    private static void AssertJson(FaultKind kind, RawPost answer)
    {
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Null(answer.Header("Content-Security-Policy"));
        var root = JsonElement.Parse(answer.Body);
        Assert.Equal(kind.Code, Text(root, "code"));
        Assert.Equal(kind.Type, Text(root, "type"));
        Assert.Equal(kind.Title, Text(root, "title"));
        Assert.Equal(kind.Status, root.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(Text(root, "message")));
        Assert.Equal(Text(root, "message"), Text(root, "detail"));
        var retry = root.GetProperty("retry");
        Assert.Equal(kind.Retry != RetryAdvice.Never, retry.GetProperty("useful").GetBoolean());
        Assert.Equal(
            kind.Retry switch
            {
                RetryAdvice.Never => null,
                RetryAdvice.WithNewKey => "new",
                _ => "same",
            },
            retry.TryGetProperty("key", out var key) ? key.GetString() : null);
        Assert.Equal(kind.Retry == RetryAdvice.AfterCorrection, retry.TryGetProperty("after", out _));
        Assert.Equal(
            retry.TryGetProperty("seconds", out var seconds) ? seconds.GetRawText() : null, answer.Header("Retry-After"));
    }

    private static void AssertXml(FaultKind kind, RawPost answer, RawPost json)
    {
        Assert.Equal("application/problem+xml; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(XmlAnswer.Policy, answer.Header("Content-Security-Policy"));
        var root = XDocument.Parse(answer.Body, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(Problem + "problem", root.Name);
        Assert.Equal(kind.Code, root.Element(Problem + "code")!.Value);
        Assert.Equal(WithoutReference(MessageOf(json)), WithoutReference(root.Element(Problem + "message")!.Value));
        var retry = root.Element(Problem + "retry")!;
        Assert.Equal(answer.Header("Retry-After"), retry.Element(Problem + "seconds")?.Value);
        Assert.Equal(
            JsonElement.Parse(json.Body).GetProperty("retry").EnumerateObject().Select(member => (member.Name, member.Value.ToString())),
            retry.Elements().Select(element => (element.Name.LocalName, Cased(element.Value))));
    }

    private static void AssertPage(FaultKind kind, RawPost answer, RawPost json)
    {
        Assert.Equal(HtmlHeaders.ContentType, answer.Header("Content-Type"));
        foreach (var (name, value) in HtmlHeaders.All)
        {
            Assert.Equal(value, answer.Header(name));
        }

        var markup = PageRules.Check(Encoding.UTF8.GetBytes(answer.Body));
        Assert.Contains(
            WithoutReference(MessageOf(json)).Replace("`", "", StringComparison.Ordinal),
            markup.One("main").Text.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Equal(json.Header("Retry-After"), answer.Header("Retry-After"));

        // A form that is shown again says what is wrong with it; all other pages name the code.
        Assert.True(markup.All("form").Any() || markup.All("a").Any(link => link["href"] == kind.Type));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string MessageOf(RawPost json) => Text(JsonElement.Parse(json.Body), "message");

    /// <summary>Each failure has a reference of its own.</summary>
    private static string WithoutReference(string message) =>
        message.IndexOf("Reference", StringComparison.Ordinal) is >= 0 and var at ? message[..at] : message;

    private static string Cased(string value) => value is "true" or "false" ? char.ToUpperInvariant(value[0]) + value[1..] : value;
}
