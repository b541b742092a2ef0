using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Parsing;

/// <summary>Compressed POSTs over a socket.</summary>
public sealed class CodedPostTests
{
    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("identity, gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("br", "br")]
    public async Task A_compressed_POST_is_stored_as_its_content(string header, string coding)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await PostAsync(host, header, Coded.Encode(coding, Encoding.UTF8.GetBytes(Keys.Ada)));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Keys.Ada, Encoding.UTF8.GetString(Assert.Single(host.Entries()).Document.Span));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task The_same_message_plain_and_compressed_is_one_request(string coding)
    {
        const string key = "0123456789abcdef0123";
        await using var host = await PostHost.StartAsync();
        using var plain = await host.PostJsonAsync(Keys.Ada, ("Idempotency-Key", key));
        using var coded = await PostAsync(
            host, coding, Coded.Encode(coding, Encoding.UTF8.GetBytes(Keys.Ada)), ("Idempotency-Key", key));
        Assert.Equal("replayed", coded.Header("Idempotency-Status"));
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await coded.Content.ReadAsStringAsync());
        Assert.Single(host.Entries());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Each_limit_names_itself_and_its_value(string coding)
    {
        var limits = new LimitsDeclaration { Body = 5000, DecodedBody = 1_000_000, Ratio = 50 };
        await using var host = await PostHost.StartAsync(PostHost.Contact with { Limits = limits });
        var noise = new byte[6000];
        new Random(1).NextBytes(noise);
        await AssertLimitAsync(host, coding, noise, "limits.body", 5000);
        await AssertLimitAsync(host, coding, new byte[10_000_000], "limits.ratio", 50, isBomb: true);
        await using var lax = await PostHost.StartAsync(
            PostHost.Contact with { Limits = limits with { Ratio = 1_000_000 } });
        await AssertLimitAsync(lax, coding, new byte[1_200_000], "limits.decodedBody", 1_000_000);
        Assert.Empty(host.Entries());
    }

    [Theory]
    [InlineData("gzip", 0, "incomplete-body")]
    [InlineData("gzip", 30, "incomplete-body")]
    [InlineData("br", 10, "incomplete-body")]
    [InlineData("br", -1, "malformed-coding")]
    [InlineData("deflate", -1, "malformed-coding")]
    public async Task A_damaged_body_is_refused_and_nothing_is_stored(string coding, int length, string code)
    {
        await using var host = await PostHost.StartAsync();
        var body = Coded.Encode(coding, Encoding.UTF8.GetBytes(Keys.Ada));
        byte[] sent = length < 0 ? [.. body, 0] : body[..length];
        using var request = Request(coding, sent);
        request.Headers.TransferEncodingChunked = true;
        using var response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task Forms_may_be_compressed_too()
    {
        await using var host = await PostHost.StartAsync();
        using var request = Request("gzip", Coded.Encode("gzip", "name=Ada&email=ada%40example.com"u8));
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        using var response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task OPTIONS_says_which_codings_are_taken()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Options, "/api/contact");
        Assert.Equal("gzip, deflate, br", response.Header("Accept-Encoding"));
    }

    private static async Task AssertLimitAsync(
        PostHost host, string coding, byte[] content, string name, long value, bool isBomb = false)
    {
        var body = Coded.Encode(coding, content);
        using var response = await PostAsync(host, coding, isBomb ? body[..Math.Min(body.Length, 5000)] : body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var limit = (await response.JsonAsync()).GetProperty("limit");
        Assert.Equal(name, limit.GetProperty("name").GetString());
        Assert.Equal(value, limit.GetProperty("value").GetInt64());
    }

    private static async Task<HttpResponseMessage> PostAsync(
        PostHost host, string coding, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = Request(coding, body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.Client.SendAsync(request);
    }

    private static HttpRequestMessage Request(string coding, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return new HttpRequestMessage(HttpMethod.Post, "/api/contact") { Content = content };
    }
}
