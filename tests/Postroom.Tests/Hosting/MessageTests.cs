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
