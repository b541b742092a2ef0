using System.Net;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 1 to 3 and 27: which keys there are, and where they may stand.</summary>
public sealed class KeyGrammarRowTests
{
    private static readonly EndpointDeclaration KeyRequired = PostHost.Contact with
    {
        Idempotency = new IdempotencyDeclaration { Mode = IdempotencyMode.Required },
    };

    [Fact]
    public async Task Row_01_a_required_key_that_is_missing_is_asked_for()
    {
        await using var host = await PostHost.StartAsync(KeyRequired);
        using var response = await host.PostJsonAsync(Keys.Ada);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("idempotency-key-missing", await response.CodeAsync());
        Assert.Contains("rel=\"describedby\"", response.Header("Link"));
        Assert.Contains("</_postroom/errors/idempotency-key-missing>", response.Header("Link"));
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task Row_01_the_same_content_of_a_browser_is_no_key()
    {
        await using var host = await PostHost.StartAsync(KeyRequired);
        using var response = await host.PostJsonAsync(Keys.Ada, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal("idempotency-key-missing", await response.CodeAsync());
    }

    [Fact]
    public async Task Row_01_a_key_satisfies_it()
    {
        await using var host = await PostHost.StartAsync(KeyRequired);
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"unclosed-0000000000")]
    [InlineData("unopened-0000000000000\" \"")]
    [InlineData("two words of one key")]
    [InlineData("\"a backslash \\x of no meaning\"")]
    [InlineData("short")]
    [InlineData("fifteen-chars-1")]
    public async Task Row_02_a_malformed_key_is_refused_before_the_body(string key)
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendAsync(host.Address, "Idempotency-Key: " + key, Keys.Ada);
        Assert.Equal(400, raw.Status);
        Assert.Equal("idempotency-key-invalid", raw.Code);
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task Row_02_two_keys_are_refused_even_when_they_are_equal()
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendAsync(
            host.Address, $"Idempotency-Key: {Keys.One}\r\nIdempotency-Key: {Keys.One}", Keys.Ada);
        Assert.Equal("idempotency-key-invalid", raw.Code);
    }

    [Fact]
    public async Task Row_02_characters_beyond_visible_ASCII_are_refused()
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendAsync(host.Address, "Idempotency-Key: schlüssel-0123456789", Keys.Ada);
        Assert.Equal(400, raw.Status);
        Assert.Empty(host.Entries());
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task Row_02_a_key_has_at_most_255_characters(int length, int status)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, Keys.Header(new string('k', length)));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Row_02_quoted_and_bare_are_one_key()
    {
        await using var host = await PostHost.StartAsync();
        using var bare = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        using var quoted = await host.PostJsonAsync(Keys.Ada, Keys.Header($"\"{Keys.One}\""));
        Assert.Equal("replayed", quoted.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    [Theory]
    [InlineData("GET", "text/html", 200)]
    [InlineData("HEAD", "text/html", 200)]
    [InlineData("GET", "application/json", 405)]
    [InlineData("OPTIONS", "*/*", 204)]
    public async Task Row_03_a_key_on_a_method_that_changes_nothing_is_ignored_and_said_to_be(
        string method, string accept, int status)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.SendAsync(
            new HttpMethod(method), "/api/contact", ("Accept", accept), Keys.Header(Keys.One));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("ignored", response.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task Row_03_without_a_key_nothing_is_said_of_keys()
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        Assert.Null(page.Header("Idempotency-Status"));
    }

    [Fact]
    public async Task Row_27_a_key_may_come_as_a_field_and_is_no_part_of_the_message()
    {
        await using var host = await PostHost.StartAsync();
        using var field = await host.PostFormAsync($"name=Ada&email=ada%40example.com&_key={Keys.One}");
        using var header = await host.PostFormAsync("name=Ada&email=ada%40example.com", Keys.Header(Keys.One));
        Assert.Equal("created", field.Header("Idempotency-Status"));
        Assert.Equal("replayed", header.Header("Idempotency-Status"));
        Assert.DoesNotContain("_key", System.Text.Encoding.UTF8.GetString(Assert.Single(host.Entries()).Document.Span));
    }

    [Fact]
    public async Task Row_27_the_header_wins_over_the_field()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.PostFormAsync(
            $"name=Ada&email=ada%40example.com&_key={Keys.Two}", Keys.Header(Keys.One));
        using var second = await host.PostFormAsync("name=Ben&email=ben%40example.com", Keys.Header(Keys.Two));
        Assert.Equal("created", second.Header("Idempotency-Status"));
        Assert.Equal(2, host.Entries().Count);
    }

    [Fact]
    public async Task Row_27_a_malformed_field_is_refused_like_a_malformed_header()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostFormAsync("name=Ada&email=ada%40example.com&_key=short");
        Assert.Equal("idempotency-key-invalid", await response.CodeAsync());
    }
}
