using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>One hostile text in every place that takes text, and what becomes of it wherever it comes out.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("memory", "application/json")]
    [InlineData("memory", "application/x-www-form-urlencoded")]
    [InlineData("sqlite", "application/json")]
    [InlineData("sqlite", "application/x-www-form-urlencoded")]
    public async Task It_is_stored_as_it_came_and_comes_out_encoded(string store, string mediaType)
    {
        using var kind = new StoreKind(store);
        await using var host = await StartAsync(kind);
        var text = Canary.Text + "\nline";
        var isJson = mediaType == "application/json";
        var body = isJson
            ? JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = text, [Canary.Text] = text })
            : $"name={Uri.EscapeDataString(text)}&{Uri.EscapeDataString("x<b>")}={Uri.EscapeDataString(text)}";
        using var taken = await host.PostAsync(
            "/api/contact?q=" + Uri.EscapeDataString(Canary.Text), mediaType, body,
            ("Accept", isJson ? "*/*" : "text/html"), ("User-Agent", "<script>agent"), ("X-Canary", "<script>"));
        Assert.Equal(isJson ? 201 : 303, (int)taken.StatusCode);
        await AssertStoredAsync(host, text);
        if (isJson)
        {
            Assert.Equal("Thanks, " + text, (await taken.JsonAsync()).GetProperty("message").GetString());
            return;
        }

        using var receipt = await host.SendAsync(
            HttpMethod.Get, taken.Headers.Location!.OriginalString, ("Accept", "text/html"));
        Assert.Equal(200, (int)receipt.StatusCode);
        await AssertEncodedAsync(receipt);
    }

    [Theory]
    [InlineData("name={0}&email=wrong", true)]
    [InlineData("{0}=1&email=wrong", false)]
    public async Task A_page_that_refuses_it_shows_it_encoded_or_not_at_all(string fields, bool isShown)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostFormAsync(
            fields.Replace("{0}", Uri.EscapeDataString(Canary.Text[..60]), StringComparison.Ordinal), ("Accept", "text/html"));
        Assert.Equal(400, (int)response.StatusCode);
        await AssertEncodedAsync(response, isShown);
        await host.Log.ContainsAsync("POST /api/contact");
        Assert.Single(host.Log.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task XML_holds_it_as_text_but_for_what_XML_cannot_hold()
    {
        using var kind = new StoreKind("memory");
        await using var host = await StartAsync(kind);
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = Canary.Text });
        using var taken = await host.PostJsonAsync(body, ("Accept", "application/xml"));
        Assert.Equal(201, (int)taken.StatusCode);
        var root = XDocument.Parse(await taken.Content.ReadAsStringAsync(), LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(["message", "id"], root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            "Thanks, " + Canary.Text.Replace('\u001b', '\uFFFD'), root.Element("message")!.Value);
        using var refused = await host.PostAsync(
            "/api/contact", Canary.Text[..40], body, ("Accept", "application/xml"));
        Assert.Equal(415, (int)refused.StatusCode);
        Assert.DoesNotContain("<script", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        XDocument.Parse(await refused.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("_next")]
    [InlineData("_redirect")]
    public async Task A_redirect_leads_to_none_of_it(string field)
    {
        using var kind = new StoreKind("memory");
        await using var host = await StartAsync(kind);
        string[] targets =
        [
            Canary.Text, "/" + Canary.Text, "/\r\nSet-Cookie: a=b", "/\u0085\u2028x", "javascript:alert(1)", "//evil.example/",
            "/\\evil.example", "https:evil.example", "https://evil.example@" + host.Address.Authority,
        ];
        foreach (var target in targets)
        {
            using var answer = await host.PostFormAsync(
                $"name=Ada&{field}={Uri.EscapeDataString(target)}", ("Accept", "text/html"));
            Assert.Equal(303, (int)answer.StatusCode);
            Assert.StartsWith("/_postroom/receipts/", answer.Header("Location"), StringComparison.Ordinal);
            Assert.Null(answer.Header("Set-Cookie"));
        }
    }

    private static Task<PostHost> StartAsync(StoreKind kind) => PostHost.StartAsync(
        new PostroomDeclaration
        {
            Endpoints =
            [
                PostHost.Contact with
                {
                    Schema = null,
                    Redirect = null,
                    Respond = new RespondDeclaration { Created = "Thanks, {{name}}" },
                },
            ],
        },
        store: kind.Choose);

    private static async Task AssertStoredAsync(PostHost host, string text)
    {
        var entry = Assert.Single(host.Entries());
        using var document = JsonDocument.Parse(entry.Document);
        Assert.All(document.RootElement.EnumerateObject(), field => Assert.Equal(text, field.Value.GetString()));
        await host.Log.ContainsAsync("POST /api/contact");
        var line = Assert.Single(host.Log.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
        Assert.DoesNotContain(line, character => char.IsControl(character) || character is '\u2028' or '\u202e' or '\u2066');
    }

    private static async Task AssertEncodedAsync(HttpResponseMessage response, bool isShown = true)
    {
        var html = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(isShown, html.Contains("&lt;script&gt;", StringComparison.Ordinal));
    }
}
