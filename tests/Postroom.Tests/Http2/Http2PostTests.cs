using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;
using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>What is taken over HTTP/2 (RFC 9113 §8): the same as over HTTP/1.1.</summary>
public sealed class Http2PostTests(Http2Host host) : IClassFixture<Http2Host>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_comes_with_its_length_or_without(bool hasLength)
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var fields = hasLength ? Fields((Length, "40")) : Fields();
        var answer = await client.AskAsync(fields, Keys.Ada);
        Assert.Equal("201", answer.Statuses);
        Assert.Contains("Thank you for contacting us, Ada!", answer.Body, StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("connection"));
        Assert.Equal(before + 1, host.Count);
    }

    [Fact]
    public async Task A_body_may_come_byte_by_byte_with_empty_frames_between()
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields((Length, "40")));
        foreach (var one in Keys.Ada)
        {
            await client.DataAsync(stream, one.ToString(), end: false);
            await client.DataAsync(stream, "", end: false);
        }

        await client.DataAsync(stream, "", end: true);
        Assert.Equal("201", (await client.AnswerAsync(stream)).Statuses);
        Assert.Equal(before + 1, host.Count);
    }

    /// <summary>More than the window of a stream, so that it has to be given back while the body is read.</summary>
    [Fact]
    public async Task A_body_larger_than_the_window_goes_through()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var fields = string.Concat(Enumerable.Repeat("&message=" + new string('x', 4000), 200));
        var answer = await client.AskAsync(
            Fields(("content-type", "application/x-www-form-urlencoded")), "name=Ada&email=ada@example.com" + fields);
        Assert.True(answer.IsWhole);
        Assert.StartsWith("4", answer.Statuses, StringComparison.Ordinal);
        await host.RequireServingAsync(client);
    }

    [Fact]
    public async Task Trailers_are_read_and_never_taken_for_header_fields()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        for (var time = 0; time < 2; time++)
        {
            var stream = await client.BeginAsync(Fields());
            await client.DataAsync(stream, Keys.Ada, end: false);
            await client.TrailersAsync(
                stream, ("idempotency-key", "a-key-in-a-trailer-0001"), ("origin", "https://evil.example"));
            var answer = await client.AnswerAsync(stream);
            Assert.Equal("201", answer.Statuses);
            Assert.NotEqual("replayed", answer.Headers.GetValueOrDefault("idempotency-status"));
        }
    }

    [Fact]
    public async Task A_client_that_waits_is_told_to_continue_once_and_answered()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields(("expect", "100-continue"), (Length, "40")));
        await client.UntilAsync(() => client.Answer(stream).Statuses == "100");
        await client.DataAsync(stream, Keys.Ada, end: true);
        Assert.Equal("100 201", (await client.AnswerAsync(stream)).Statuses);
    }

    [Theory]
    [InlineData("expect", "100-continue", "origin", "https://evil.example", "403")]
    [InlineData("expect", "tea", "accept", "*/*", "417")]
    public async Task A_client_that_waits_is_refused_at_once(
        string name, string value, string other, string otherValue, string status)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields((name, value), (other, otherValue), (Length, "40")));
        await client.UntilAsync(() => client.Answer(stream).Reset is not null);
        Assert.Equal(status, client.Answer(stream).Statuses);
        Assert.Equal(Http2ErrorCode.None, client.Answer(stream).Reset);
        await host.RequireServingAsync(client);
    }

    [Fact]
    public async Task A_repeat_over_another_version_of_HTTP_is_the_same_POST()
    {
        const string key = "one-key-for-both-versions";
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var first = await client.AskAsync(Fields(("idempotency-key", key)), Keys.Ada);
        using var second = await host.Host.PostJsonAsync(Keys.Ada, ("Idempotency-Key", key));
        Assert.Equal("201", first.Statuses);
        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal(first.Headers["postroom-entry"], second.Header("Postroom-Entry"));
        Assert.Equal(before + 1, host.Count);
    }

    /// <summary>
    /// Without TLS there is no ALPN, and the address speaks HTTP/1.1: a client with prior knowledge (RFC 9113 §3.3) is
    /// told so in its own language.
    /// </summary>
    [Fact]
    public async Task Pinned_prior_knowledge_without_TLS_is_told_to_use_HTTP_1()
    {
        await using var client = await Http2Client.ConnectAsync(host.Host.Address);
        await client.UntilAsync(() => false);
        Assert.Equal(Http2ErrorCode.Http11Required, client.Goaway);
    }
}
