using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>
/// The tutorial's client shows the answer's message, else "Message sent!". So whatever is refused must carry a message
/// that such a page can show, or the page would announce a success that never was.
/// </summary>
public sealed class TutorialClientTests(Chromium chromium, TutorialSite site) : IClassFixture<TutorialSite>
{
    /// <summary>What the requests below are made of, as the page's own script would write them.</summary>
    private const string Words = """
        const json = { 'Content-Type': 'application/json' };
        const ada = '{"name":"Ada","email":"ada@example.com"}';
        const eve = '{"name":"Eve","email":"eve@example.com"}';
        const key = { 'Idempotency-Key': 'the-same-key-for-two-messages' };
        const attached = new FormData();
        attached.append('cv', new Blob(['text']), 'cv.txt');
        """;

    /// <summary>Requests that are refused: the code, the path, and the rest as fetch takes it.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "empty-body", "/api/contact", "headers: json, body: ''" },
        { "malformed-json", "/api/contact", """headers: json, body: '{"name":'""" },
        { "malformed-json", "/api/contact", """headers: json, body: '{"name":"Ada","name":"Eve"}'""" },
        { "validation-failed", "/api/contact", "headers: json, body: '{}'" },
        { "validation-failed", "/api/contact", "headers: json, body: '[1]'" },
        { "validation-failed", "/api/contact", "headers: json, body: 'null'" },
        { "malformed-form", "/api/contact", "body: new URLSearchParams('a=1&a[b]=2')" },
        { "media-type-mismatch", "/api/contact",
            "headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: ada" },
        { "media-type-unsupported", "/api/contact", "headers: { 'Content-Type': 'application/pdf' }, body: ada" },
        { "content-coding-unsupported", "/api/contact",
            "headers: { ...json, 'Content-Encoding': 'zstd' }, body: ada" },
        { "body-too-large", "/api/contact", "headers: json, body: JSON.stringify({ name: 'a'.repeat(2_000_000) })" },
        { "limit-exceeded", "/api/contact", "headers: json, body: '['.repeat(100) + ']'.repeat(100)" },
        { "idempotency-key-invalid", "/api/contact",
            "headers: { ...json, 'Idempotency-Key': 'short' }, body: ada" },
        { "idempotency-key-missing", "/api/strict", "headers: json, body: ada" },
        { "idempotency-key-expired", "/api/timely",
            "headers: { ...json, ...key, 'Idempotency-First-Sent': 'Sat, 01 Jan 2022 00:00:00 GMT' }, body: ada" },
        { "too-early", "/api/contact", "headers: { ...json, 'Early-Data': '1' }, body: ada" },
        { "not-found", "/api/contacts", "headers: json, body: ada" },
        { "files-unsupported", "/api/contact", "body: attached" },
        { "method-not-allowed", "/api/contact", "method: 'DELETE'" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_shown_in_its_own_words(string code, string path, string request)
    {
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context);

        var answer = await SendAsync(page, path, request);

        Assert.Equal(code, answer.GetProperty("code").GetString());
        await ExpectWordsAsync(page, answer);
    }

    [Fact]
    public async Task A_key_used_for_another_message_is_shown_in_its_own_words()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context);
        await SendAsync(page, "/api/contact", "headers: { ...json, ...key }, body: ada");
        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);

        var answer = await SendAsync(page, "/api/contact", "headers: { ...json, ...key }, body: eve");

        Assert.Equal("idempotency-key-reused", answer.GetProperty("code").GetString());
        await ExpectWordsAsync(page, answer);
    }

    [Fact]
    public async Task Too_many_requests_are_shown_in_their_own_words_on_a_page_elsewhere()
    {
        await using var elsewhere = await PageServer.StartAsync();
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop($"url: https://post.example.com\norigins: [{elsewhere.Url}]");
            example.AddAtEnd("  /api/rated: {kind: form, limits: {rate: 1/min}}");
        });
        elsewhere.Html = ForeignPages.Tutorial(server.Url);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);
        await SendAsync(page, "/api/rated", "headers: json, body: ada");

        var answer = await SendAsync(page, "/api/rated", "headers: json, body: eve");

        Assert.Equal("rate-exceeded", answer.GetProperty("code").GetString());
        await ExpectWordsAsync(page, answer);
    }

    [Fact]
    public async Task A_success_is_shown_in_the_declared_words()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Server.Url + "/tutorial.html");
        return page;
    }

    private static async Task<JsonElement> SendAsync(IPage page, string path, string request)
    {
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync($"() => {{ {Words} send('{path}', {{ method: 'POST', {request} }}); }}"),
            response => response.Url.EndsWith(path, StringComparison.Ordinal)
                && response.Request.Method != "OPTIONS");
        return (await answer.JsonAsync())!.Value;
    }

    private static async Task ExpectWordsAsync(IPage page, JsonElement answer)
    {
        var words = answer.GetProperty("message").GetString()!;
        Assert.NotEmpty(words);
        await Expect(page.Locator("#response")).ToHaveTextAsync(words);
    }
}
