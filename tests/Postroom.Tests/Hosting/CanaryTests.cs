using System.Text;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Hosting;

/// <summary>One hostile text in every place that takes text, and what becomes of it wherever it comes out.</summary>
public sealed class CanaryTests
{
    private const string Canary = "\"'<script>alert(1)</script>&amp;{{name}}=cmd()'; DROP TABLE entries;--../..%0d%0aX: y"
        + "\u001b[31m\u2028\u202egnp\u2066\u05d0\U0001F600\u0085\\";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task It_is_stored_as_it_came_and_comes_out_encoded(string mediaType)
    {
        await using var host = await StartAsync();
        var text = Canary + "\nline";
        var isJson = mediaType == "application/json";
        var body = isJson
            ? JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = text, [Canary] = text })
            : $"name={Uri.EscapeDataString(text)}&{Uri.EscapeDataString("x<b>")}={Uri.EscapeDataString(text)}";
        using var taken = await host.PostAsync(
            "/api/contact?q=" + Uri.EscapeDataString(Canary), mediaType, body,
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
            fields.Replace("{0}", Uri.EscapeDataString(Canary[..60]), StringComparison.Ordinal), ("Accept", "text/html"));
        Assert.Equal(400, (int)response.StatusCode);
        await AssertEncodedAsync(response, isShown);
        await host.Log.ContainsAsync("POST /api/contact");
        Assert.Single(host.Log.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
    }

    private static Task<PostHost> StartAsync() => PostHost.StartAsync(new PostroomDeclaration
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
    });

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
