using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>The words for the classic slips are promises.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task JSON_sent_as_form_data_is_told_which_header_is_wrong()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostFormAsync(Keys.Ada);
        Assert.Equal(
            "The body looks like JSON but Content-Type says form data. Add `Content-Type: application/json`.",
            await MessageAsync(response));
    }

    [Theory]
    [InlineData("application/json", "name=Ada", "The body looks like form data but Content-Type says JSON. Send JSON, or set `Content-Type: application/x-www-form-urlencoded`.")]
    [InlineData("application/json", "<name>Ada</name>", "The body looks like XML but Content-Type says JSON. Add `Content-Type: application/xml`.")]
    [InlineData("application/json", "[object Object]", "The body is `[object Object]`, the text that JavaScript makes of an object. Send `JSON.stringify(…)` of it.")]
    [InlineData("application/x-www-form-urlencoded", "[object Object]", "The body is `[object Object]`, the text that JavaScript makes of an object. Send `JSON.stringify(…)` of it.")]
    [InlineData("application/json", "[]", "Send a JSON object with the fields, such as {\"name\": \"Ada\"}.")]
    [InlineData("application/json", "", "The body is empty. Send the fields in it.")]
    [InlineData("application/xml", Keys.Ada, "The body looks like JSON but Content-Type says XML. Add `Content-Type: application/json`.")]
    [InlineData("text/plain;charset=UTF-8", Keys.Ada, "Content-Type is text/plain, which `fetch` sets for a string. Add `Content-Type: application/json`.")]
    [InlineData("", Keys.Ada, "Content-Type is missing. Send application/json, application/x-www-form-urlencoded, multipart/form-data or application/xml.")]
    [InlineData("multipart/form-data", "--b\r\n", "The multipart body breaks its format: Content-Type names no boundary; leave the header to the client, which sets it together with the boundary. See RFC 7578 and RFC 2046.")]
    public async Task A_body_that_is_not_what_its_header_says_is_told_what_to_change(string mediaType, string body, string message)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostAsync("/api/contact", mediaType, body);
        Assert.Equal(message, await MessageAsync(response));
    }

    [Theory]
    [InlineData("application/json", """{"name":"a\u0000"}""", "malformed-json")]
    [InlineData("application/json", """{"":"a"}""", "malformed-json")]
    [InlineData("application/x-www-form-urlencoded", "name=a%00", "malformed-form")]
    [InlineData("text/csv", "name\na\0", "malformed-csv")]
    [InlineData("application/x-ndjson", """{"name":"a\u0000"}""", "malformed-json")]
    public async Task What_no_field_may_hold_is_a_fault_of_the_format_that_came(
        string mediaType, string body, string code)
    {
        await using var host = await PostHost.StartAsync(PostHost.Contact with
        {
            Formats = ["json", "form", "csv", "ndjson"],
        });
        using var response = await host.PostAsync("/api/contact", mediaType, body);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task A_key_that_is_no_text_is_told_so()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync("""{"name":"Ada","email":"ada@example.com","_key":{"a":"0123456789"}}""");
        Assert.Equal("The field `_key` is no text. Send a random value, such as a UUID.", await MessageAsync(response));
    }

    [Theory]
    [InlineData("short", "5 characters")]
    [InlineData("s", "1 character")]
    public async Task A_key_that_could_be_guessed_is_told_how_long_one_is(string key, string length)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(key));
        Assert.Equal(
            $"`Idempotency-Key` has {length}; a caller who is not signed in must send at least 16, so that nobody "
            + "guesses it. A UUID does.",
            await MessageAsync(response));
    }

    [Theory]
    [InlineData("[{}]", "Sensor of item 1 is required.")]
    [InlineData("""[{"sensor":"a"},{"sensor":"b","value":"x"}]""",
        "Value of item 2 must be a number; it is a string.")]
    [InlineData("""[{"sensor":"a","0":1}]""", "0 of item 1 must be a string; it is the number 1.")]
    public async Task Items_of_a_list_are_counted_as_people_count(string body, string message)
    {
        var readings = PostHost.Contact with
        {
            Schema = """
                {"type":"array","items":{"type":"object","required":["sensor"],"properties":{
                  "sensor":{"type":"string"},"value":{"type":"number"},"0":{"type":"string"}}}}
                """u8.ToArray(),
            Respond = new RespondDeclaration(),
        };
        await using var host = await PostHost.StartAsync(readings);
        using var response = await host.PostJsonAsync(body);
        Assert.Equal(message, await MessageAsync(response));
    }

    [Fact]
    public async Task A_reused_key_is_told_to_make_a_new_one()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var second = await host.PostJsonAsync(Keys.Ben, Keys.Header(Keys.One));
        Assert.Equal(
            "This `Idempotency-Key` was used before for another content. Make a new key for a new message.",
            await MessageAsync(second));
    }

    [Theory]
    [InlineData("{}", "Name and email are required.")]
    [InlineData("""{"name":"","email":""}""", "Name and email are required.")]
    [InlineData("""{"name":"Ada","email":"ada"}""", "Email must be an e-mail address")]
    public async Task Required_fields_speak_with_the_declared_words_and_other_faults_for_themselves(
        string body, string message)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(body);
        Assert.StartsWith(message, await MessageAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ada", "Thank you for contacting us, Ada!")]
    [InlineData("\\\"Ada\\\" \\\\ \\u0001", "Thank you for contacting us, \"Ada\" \\ \u0001!")]
    [InlineData("<b>😀", "Thank you for contacting us, <b>😀!")]
    [InlineData("{{email}}", "Thank you for contacting us, {{email}}!")]
    public async Task A_success_always_parses_whatever_it_quotes(string name, string message)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync($$"""{"name":"{{name}}","email":"ada@example.com"}""");
        Assert.Equal(message, await MessageAsync(response));
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_required_field_with_another_fault_beside_it_says_both()
    {
        var endpoint = PostHost.Contact with { Respond = new RespondDeclaration { Required = "Name and email are required." } };
        await using var host = await PostHost.StartAsync(endpoint);
        using var response = await host.PostJsonAsync("""{"email":"no"}""");
        var json = await response.JsonAsync();
        Assert.Equal(2, json.GetProperty("errors").GetArrayLength());
        Assert.NotEqual("Name and email are required.", json.GetProperty("message").GetString());
    }

    private static async Task<string> MessageAsync(HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("message").GetString()!;
}
