using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Compatibility;

/// <summary>What pages send that were written for Formspree or Web3Forms, by what those document.</summary>
public sealed class FormServiceTests
{
    private const string AccessKey = "0f9c1d5e-7a34-4b7e-9d57-6a1f0c8b2e11";

    private const string Web3Form = "access_key=" + AccessKey + "&subject=New+order&from_name=The+shop"
        + "&replyto=ada%40example.com&ccemail=ben%40example.com&webhook=https%3A%2F%2Fhooks.example.com"
        + "&botcheck=&h-captcha-response=10000000-aaaa&name=Ada&email=ada%40example.com&message=Hello";

    private static readonly EndpointDeclaration s_any = new() { Path = "/api/contact", Kind = EndpointKind.Form };

    private static readonly (string Name, string Value) s_page = ("Accept", "text/html");

    [Fact]
    public async Task What_a_form_of_Formspree_says_beside_its_message_is_kept()
    {
        await using var host = await PostHost.StartAsync(s_any);
        using var answer = await host.PostFormAsync(
            "email=ada%40example.com&message=Hello&_subject=Gr%C3%B6%C3%9Fe&_replyto=ada%40example.com"
            + "&_cc=a%40example.com%2Cb%40example.com&_language=de&_format=plain&_gotcha=&_charset_=UTF-8", s_page);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var entry = Assert.Single(host.Entries());
        Assert.Equal("""{"email":"ada@example.com","message":"Hello"}""", Text(entry.Document));
        Assert.Equal(
            """{"_subject":"Größe","_replyto":"ada@example.com","_cc":"a@example.com,b@example.com","""
            + "\"_language\":\"de\",\"_format\":\"plain\"}", Text(entry.Control));
    }

    [Fact]
    public async Task Tokens_keys_proofs_and_honeypots_are_not_kept()
    {
        await using var host = await PostHost.StartAsync(
            s_any with { Spam = new SpamDeclaration { Honeypot = ["website", "_trap"] } });
        using var answer = await host.PostFormAsync(
            $"a=b&_token=x&_key={Keys.One}&_gotcha=x&_trap=x&website=x&_token[a]=x&access_key={AccessKey}"
            + "&altcha=y&cf-turnstile-response=x&g-recaptcha-response=x&recaptcha_response=x&apikey=x");
        var entry = Assert.Single(host.Entries());
        Assert.Equal("honeypot", entry.Reason);
        Assert.Equal("", Text(entry.Control));
    }

    [Theory]
    [InlineData("https://www.example.com/thanks?a=b#c", "https://www.example.com/thanks?a=b#c")]
    [InlineData("HTTPS://WWW.EXAMPLE.COM:443/danke", "https://www.example.com/danke")]
    [InlineData("//www.example.com/thanks", "https://www.example.com/thanks")]
    [InlineData("https://post.example.com/own", "https://post.example.com/own")]
    [InlineData("/thanks/für-Sie", "https://www.example.com/thanks/f%C3%BCr-Sie")]
    public async Task A_browser_goes_where_the_form_says(string next, string location)
    {
        await using var host = await StartProductionAsync();
        using var answer = await PostNextAsync(host, "_next", next);
        Assert.Equal((HttpStatusCode.SeeOther, location), (answer.StatusCode, answer.Header("Location")));
        using var other = await PostNextAsync(host, "_redirect", next);
        Assert.Equal(location, other.Header("Location"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("https://www.example.com@evil.example/")]
    [InlineData("https://www.example.com.evil.example/")]
    [InlineData("https:\\\\evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/a\r\nSet-Cookie: x=1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("thanks.html")]
    [InlineData("https:evil.example")]
    [InlineData("http://[")]
    [InlineData("https://\u00ad/")]
    [InlineData("//\u2488com/")]
    [InlineData("https://xn--\u00fc/")]
    [InlineData("https://\u0378")]
    public async Task What_leads_elsewhere_is_ignored_and_said_in_the_log(string next)
    {
        await using var host = await StartProductionAsync();
        using var answer = await PostNextAsync(host, "_next", next);
        Assert.Equal("https://www.example.com/declared", answer.Header("Location"));
        Assert.Null(answer.Header("Set-Cookie"));
        await host.Log.ContainsAsync("— _next is ignored: it leads to no page of a listed origin");
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task An_endless_address_is_ignored()
    {
        await using var host = await StartProductionAsync();
        using var answer = await PostNextAsync(host, "_next", "/" + new string('ü', 100_000));
        Assert.Equal("https://www.example.com/declared", answer.Header("Location"));
    }

    [Fact]
    public async Task In_development_the_servers_own_pages_count_and_the_log_says_what_to_do()
    {
        await using var host = await PostHost.StartAsync(s_any);
        using var own = await PostNextAsync(host, "_next", new Uri(host.Address, "/done").ToString(), origin: null);
        Assert.Equal(new Uri(host.Address, "/done").ToString(), own.Header("Location"));
        using var other = await PostNextAsync(host, "_next", "https://www.example.com/x", origin: null);
        Assert.StartsWith("/_postroom/receipts/", other.Header("Location"), StringComparison.Ordinal);
        await host.Log.ContainsAsync("Add it to `origins`");
    }

    [Fact]
    public async Task A_repeat_leads_where_the_first_one_did()
    {
        await using var host = await StartProductionAsync();
        using var first = await PostNextAsync(host, "_next", "/first", key: Keys.One);
        using var second = await PostNextAsync(host, "_next", "/second", key: Keys.One);
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal("https://www.example.com/first", second.Header("Location"));
    }

    [Fact]
    public async Task A_corrected_form_still_says_what_it_said()
    {
        await using var host = await PostHost.StartAsync();
        using var refused = await host.PostFormAsync(
            $"name=Ada&_next=%2Fown&_subject=%22%3E%3Cb%3E&_gotcha=&access_key={AccessKey}&redirect=%2Fx", s_page);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("name=\"_next\" value=\"/own\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"access_key\" value=\"{AccessKey}\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"redirect\" value=\"/x\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("><b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_of_Formspree_reads_ok_and_next()
    {
        await using var host = await PostHost.StartAsync(s_any with { Compatible = FormService.Formspree });
        using var plain = await host.PostJsonAsync("""{"email":"ada@example.com"}""", ("Accept", "application/json"));
        Assert.True(plain.IsSuccessStatusCode);
        var body = await plain.JsonAsync();
        Assert.True(body.GetProperty("ok").GetBoolean());
        Assert.StartsWith("/_postroom/receipts/", body.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        using var led = await host.PostJsonAsync("""{"email":"x","_next":"/a?b=\"c\""}""");
        Assert.Equal("/a?b=\"c\"", (await led.JsonAsync()).GetProperty("next").GetString());
        using var keyed = await host.PostJsonAsync($$"""{"access_key":"{{AccessKey}}","subject":"s"}""");
        Assert.Equal(HttpStatusCode.Created, keyed.StatusCode);
        Assert.Contains("access_key", Text(host.Entries()[^1].Document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FormService.Web3Forms)]
    public async Task A_form_of_Web3Forms_is_taken_as_it_is(FormService? service)
    {
        await using var host = await PostHost.StartAsync(s_any with { Compatible = service });
        using var page = await host.PostFormAsync(Web3Form + "&redirect=%2Fdanke", s_page);
        Assert.Equal((HttpStatusCode.SeeOther, "/danke"), (page.StatusCode, page.Header("Location")));
        var entry = Assert.Single(host.Entries());
        Assert.Equal("""{"name":"Ada","email":"ada@example.com","message":"Hello"}""", Text(entry.Document));
        Assert.Equal(
            """{"subject":"New order","from_name":"The shop","replyto":"ada@example.com","ccemail":"ben@example.com","""
            + "\"webhook\":\"https://hooks.example.com\",\"redirect\":\"/danke\"}", Text(entry.Control));
    }

    [Theory]
    [InlineData("access_key")]
    [InlineData("access\\u005fkey")]
    public async Task A_script_of_Web3Forms_reads_200_and_success(string name)
    {
        await using var host = await PostHost.StartAsync(s_any);
        var body = $$"""{"name":"Ada","subject":"Hi","botcheck":false,"{{name}}":"{{AccessKey}}"}""";
        using var first = await host.PostJsonAsync(body, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var answer = await first.JsonAsync();
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.NotEmpty(answer.GetProperty("message").GetString()!);
        var entry = Assert.Single(host.Entries());
        Assert.Equal(("""{"name":"Ada"}""", """{"subject":"Hi"}"""), (Text(entry.Document), Text(entry.Control)));
        Assert.Equal(EntryState.Stored, entry.State);
        using var again = await host.PostJsonAsync(body, Keys.Header(Keys.One));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("""{"subject":"Maths","redirect":"x"}""")]
    [InlineData("""{"subject":"Maths","access_key":"no UUID"}""")]
    [InlineData("""{"subject":"Maths","access_key":{"a":1}}""")]
    [InlineData("""{"subject":"Maths","a":{"access_key":"0f9c1d5e-7a34-4b7e-9d57-6a1f0c8b2e11"}}""")]
    public async Task Without_an_access_key_their_names_are_fields(string body)
    {
        await using var host = await PostHost.StartAsync(s_any);
        using var answer = await host.PostJsonAsync(body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(body, Text(Assert.Single(host.Entries()).Document));
    }

    [Theory]
    [InlineData("""{"properties":{"access_key":{"type":"string"}}}""", null, 201)]
    [InlineData("""{"properties":{"subject":{"type":"string"}}}""", FormService.Web3Forms, 200)]
    public async Task What_the_schema_declares_is_a_field(string schema, FormService? service, int status)
    {
        await using var host = await PostHost.StartAsync(
            s_any with { Schema = Encoding.UTF8.GetBytes(schema), Compatible = service });
        using var answer = await host.PostFormAsync($"access_key={AccessKey}&subject=Maths");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("\"subject\":\"Maths\"", Text(Assert.Single(host.Entries()).Document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filled_botcheck_is_held_and_answered_alike()
    {
        await using var host = await PostHost.StartAsync(s_any);
        using var answer = await host.PostFormAsync($"access_key={AccessKey}&botcheck=on&name=Ada");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((EntryState.Held, "honeypot"), (host.Entries()[0].State, host.Entries()[0].Reason));
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private static Task<PostHost> StartProductionAsync() => PostHost.StartAsync(new PostroomDeclaration
    {
        Url = new Uri("https://post.example.com"),
        Origins = ["https://www.example.com"],
        Endpoints = [s_any with { Redirect = "/declared" }],
    });

    private static Task<HttpResponseMessage> PostNextAsync(
        PostHost host, string field, string next, string? key = null, string? origin = "https://www.example.com") =>
        host.PostFormAsync($"name=Ada&{field}={Uri.EscapeDataString(next)}" + (key is null ? "" : "&_key=" + key),
            origin is null ? [s_page] : [s_page, ("Origin", origin)]);
}
