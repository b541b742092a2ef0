using System.Net;
using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Receiving;

/// <summary>What is said of a body before it comes: its length, coding, type, and what the client expects.</summary>
public sealed class BodyHeaderTests
{
    private const string Head = "POST /api/contact HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private static readonly EndpointDeclaration Small = PostHost.Contact with
    {
        Limits = new LimitsDeclaration { Body = 100 },
    };

    [Theory]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 3\r\n\r\n \r\n")]
    public async Task An_empty_body_is_named(string rest)
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendBytesAsync(host.Address, Head + rest);
        Assert.Equal(400, raw.Status);
        Assert.Equal("empty-body", raw.Code);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_refused_unread()
    {
        await using var host = await PostHost.StartAsync(Small);
        using var raw = await RawPost.SendBytesAsync(host.Address, Head + "Content-Length: 101\r\n\r\n");
        AssertTooLarge(raw);
        Assert.Contains("101 bytes", raw.Body);
    }

    [Fact]
    public async Task Chunks_beyond_the_limit_are_refused_when_they_cross_it()
    {
        await using var host = await PostHost.StartAsync(Small);
        var chunk = "40\r\n" + new string('x', 64) + "\r\n";
        using var raw = await RawPost.SendBytesAsync(
            host.Address, Head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk);
        AssertTooLarge(raw);
    }

    [Theory]
    [InlineData(100, 201)]
    [InlineData(101, 413)]
    public async Task The_limit_itself_is_allowed(int length, int status)
    {
        await using var host = await PostHost.StartAsync(Small);
        var body = Keys.Ada.PadRight(length);
        using var whole = await host.PostJsonAsync(body);
        using var chunked = await RawPost.SendBytesAsync(
            host.Address,
            Head + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n");
        Assert.Equal(status, (int)whole.StatusCode);
        Assert.Equal(status, chunked.Status);
    }

    [Fact]
    public async Task The_declared_limit_counts_and_not_a_lower_one_of_the_server()
    {
        const int beyondKestrel = 31_000_000;
        var large = PostHost.Contact with
        {
            Schema = null,
            Limits = new LimitsDeclaration { Body = 40_000_000, Value = 40_000_000 },
        };
        await using var host = await PostHost.StartAsync(large);
        var body = "{\"text\":\"" + new string('x', beyondKestrel) + "\"}";
        using var response = await host.PostJsonAsync(body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(body.Length, Assert.Single(host.Entries()).Document.Length);
    }

    [Theory]
    [InlineData("Content-Length: 50\r\n\r\n{\"name\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n8\r\n{\"name\":\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n40\r\n{\"name\":")]
    public async Task A_body_that_is_cut_off_is_discarded_and_logged(string rest)
    {
        await using var host = await PostHost.StartAsync();
        await RawPost.SendBytesAndLeaveAsync(host.Address, Head + rest);
        await host.Log.ContainsAsync("POST /api/contact 400 incomplete-body");
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task Chunks_that_break_the_rules_are_refused()
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendBytesAsync(
            host.Address, Head + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n{}\r\n0\r\n\r\n");
        Assert.Equal(400, raw.Status);
        Assert.Equal("malformed-request", raw.Code);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, br, gzip")]
    [InlineData("gzip;q=1")]
    public async Task Codings_that_are_not_taken_are_answered_with_those_that_are(string coding)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, ("Content-Encoding", coding));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("content-coding-unsupported", await response.CodeAsync());
        Assert.Equal("gzip, deflate, br", response.Header("Accept-Encoding"));
        Assert.Contains(coding, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_identity_coding_is_none()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, ("Content-Encoding", "identity"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Only_100_continue_may_be_expected()
    {
        await using var host = await PostHost.StartAsync();
        using var bogus = await RawPost.SendAsync(host.Address, "Expect: 200-ok", Keys.Ada);
        Assert.Equal(417, bogus.Status);
        Assert.Equal("expectation-failed", bogus.Code);
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task A_refusal_comes_without_100_Continue()
    {
        await using var host = await PostHost.StartAsync(Small);
        using var raw = await RawPost.SendBytesAsync(
            host.Address, Head + "Expect: 100-continue\r\nContent-Length: 500\r\n\r\n");
        AssertTooLarge(raw);
    }

    [Theory]
    [InlineData("application/json", Keys.Ada, 201)]
    [InlineData("application/vnd.contact+json", Keys.Ada, 201)]
    [InlineData("application/json; charset=utf-8", Keys.Ada, 201)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&email=ada%40example.com", 201)]
    [InlineData("text/plain", Keys.Ada, 415)]
    [InlineData("text/plain", "name=Ada\r\nemail=ada@example.com\r\n", 415)]
    [InlineData("text/json", Keys.Ada, 415)]
    [InlineData("application/json, text/plain", Keys.Ada, 415)]
    [InlineData("application/json; charset=latin1", Keys.Ada, 415)]
    [InlineData("application/x-www-form-urlencoded", Keys.Ada, 415)]
    [InlineData("application/json", "name=Ada&email=ada%40example.com", 415)]
    [InlineData("application/pdf", "<name>Ada</name>", 415)]
    [InlineData("text/csv", "name,email", 415)]
    [InlineData("application/xml", "<c><name>Ada</name><email>ada@example.com</email></c>", 201)]
    [InlineData("nonsense", Keys.Ada, 415)]
    public async Task Each_type_is_taken_or_refused_by_what_it_says(string mediaType, string body, int status)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.PostAsync("/api/contact", mediaType, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 201 ? 1 : 0, host.Entries().Count);
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\n")]
    [InlineData("")]
    public async Task A_type_that_is_not_taken_or_missing_is_answered_with_those_that_are(string line)
    {
        await using var host = await PostHost.StartAsync();
        using var raw = await RawPost.SendBytesAsync(
            host.Address,
            $"POST /api/contact HTTP/1.1\r\nHost: a\r\n{line}Content-Length: {Keys.Ada.Length}\r\n\r\n{Keys.Ada}");
        Assert.Equal(415, raw.Status);
        Assert.Equal("media-type-unsupported", raw.Code);
        Assert.Contains(
            "Accept-Post: application/json, application/x-www-form-urlencoded, multipart/form-data", raw.Head);
    }

    [Fact]
    public async Task Multipart_fields_are_taken()
    {
        await using var host = await PostHost.StartAsync();
        const string body = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nada@example.com\r\n--b--\r\n";
        using var response = await host.PostAsync("/api/contact", "multipart/form-data; boundary=b", body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Keys.Ada, Encoding.UTF8.GetString(Assert.Single(host.Entries()).Document.Span));
    }

    /// <summary>Each is refused before its body is read; the body itself looks like a request.</summary>
    [Theory]
    [InlineData("Idempotency-Key: short")]
    [InlineData("Early-Data: 1")]
    [InlineData("Content-Encoding: zstd")]
    [InlineData("Content-Encoding: gzip")]
    [InlineData("Expect: nothing")]
    [InlineData("Origin: https://evil.example")]
    public async Task A_body_that_was_not_read_is_never_taken_for_the_next_request(string header)
    {
        await using var host = await PostHost.StartAsync();
        var hidden = Head + $"Content-Length: {Keys.Ben.Length}\r\n\r\n{Keys.Ben}";
        var outer = Head + $"{header}\r\nContent-Length: {hidden.Length}\r\n\r\n{hidden}";
        var next = Head + $"Connection: close\r\nContent-Length: {Keys.Ada.Length}\r\n\r\n{Keys.Ada}";
        await RawPost.SendUntilClosedAsync(host.Address, outer + next);
        Assert.DoesNotContain(
            host.Entries(), entry => Encoding.UTF8.GetString(entry.Document.Span).Contains("Ben", StringComparison.Ordinal));
    }

    private static void AssertTooLarge(RawPost raw)
    {
        Assert.Equal(413, raw.Status);
        Assert.Equal("body-too-large", raw.Code);
        Assert.Contains("Connection: close", raw.Head);
        Assert.Contains("\"limit\":{\"name\":\"limits.body\",\"value\":100}", raw.Body);
        Assert.DoesNotContain("100 Continue", raw.Head);
    }
}
