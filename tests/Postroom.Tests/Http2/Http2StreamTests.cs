using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;
using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>Streams that end early, by either side, and many at once (RFC 9113 §5).</summary>
public sealed class Http2StreamTests(Http2Host host) : IClassFixture<Http2Host>
{
    private const string Half = """{"name":"Ada",""";

    private const string OtherHalf = """ "email":"ada@example.com"}""";

    [Fact]
    public async Task A_stream_reset_in_the_middle_of_the_body_stores_nothing_and_a_repeat_works()
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var fields = Fields(("idempotency-key", "a-key-whose-stream-is-reset"), (Length, "40"));
        var stream = await client.BeginAsync(fields);
        await client.DataAsync(stream, Half, end: false);
        await client.ResetAsync(stream);
        var repeat = await client.AskAsync(fields, Keys.Ada);
        Assert.Equal("201", repeat.Statuses);
        Assert.Equal("created", repeat.Headers["idempotency-status"]);
        Assert.Equal(before + 1, host.Count);
    }

    [Fact]
    public async Task A_connection_that_ends_in_the_middle_of_the_body_stores_nothing()
    {
        var before = host.Count;
        await using (var client = await Http2Client.ConnectAsync(host.Secure))
        {
            var stream = await client.BeginAsync(Fields((Length, "40"), ("expect", "100-continue")));
            await client.UntilAsync(() => client.Answer(stream).Statuses == "100");
            await client.DataAsync(stream, Half, end: false);
        }

        await host.RequireServingAsync();
        Assert.Equal(before + 1, host.Count);
    }

    [Fact]
    public async Task A_hundred_streams_are_served_at_once_and_one_more_is_refused()
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        await client.UntilAsync(() => client.StreamsMax is not null);
        Assert.Equal(100, client.StreamsMax);
        var streams = new List<int>();
        for (var number = 0; number < 100; number++)
        {
            streams.Add(await client.BeginAsync(Fields()));
        }

        var more = await client.AnswerAsync(await client.BeginAsync(Fields()));
        Assert.Equal(Http2ErrorCode.RefusedStream, more.Reset);
        foreach (var stream in Enumerable.Reverse(streams))
        {
            await client.DataAsync(stream, Half, end: false);
        }

        foreach (var stream in streams)
        {
            await client.DataAsync(stream, OtherHalf, end: true);
        }

        foreach (var stream in streams)
        {
            Assert.Equal("201", (await client.AnswerAsync(stream)).Statuses);
        }

        Assert.Equal(before + 100, host.Count);
    }

    /// <summary>
    /// RFC 9113 §8.1: an answer before the whole request asks for no more of it with RST_STREAM NO_ERROR. What was on
    /// its way is thrown away, the window of the connection is given back, and the connection goes on.
    /// </summary>
    [Fact]
    public async Task An_early_refusal_ends_the_stream_and_not_the_connection()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var piece = new string(' ', 60_000);
        for (var time = 0; time < 40; time++)
        {
            var stream = await client.BeginAsync(Fields(("origin", "https://evil.example")));
            await client.DataAsync(stream, piece, end: false);
            await client.UntilAsync(() => client.Answer(stream).Reset is not null);
            var answer = client.Answer(stream);
            Assert.Equal("403", answer.Statuses);
            Assert.Equal("origin-refused", answer.Code);
            Assert.Equal(Http2ErrorCode.None, answer.Reset);
            Assert.False(answer.Headers.ContainsKey("connection"));
        }

        Assert.Null(client.Goaway);
        await host.RequireServingAsync(client);
    }

    /// <summary>Frames that cross the refusal on their way are no fault of the client's.</summary>
    [Fact]
    public async Task The_body_that_comes_behind_an_early_refusal_costs_nothing()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields(("origin", "https://evil.example")));
        await client.UntilAsync(() => client.Answer(stream).Reset is not null);
        for (var time = 0; time < 10; time++)
        {
            await client.WriteAsync(new Http2Frame(Http2FrameType.Data, 0, stream, new byte[1000]));
        }

        await client.WriteAsync(new Http2Frame(Http2FrameType.Data, Http2Frame.EndStream, stream, []));
        await host.RequireServingAsync(client);
        Assert.Null(client.Goaway);
    }

    /// <summary>
    /// The server's reader looks at the connection again when a frame comes, or when the time to stop has passed: a
    /// client that neither leaves nor says anything keeps the server for that long. docs/http.md says so.
    /// </summary>
    [Fact]
    public async Task A_server_that_stops_says_GOAWAY_and_finishes_what_it_has()
    {
        await using var stopping = await StartWithAsync(new PostroomDeclaration { Endpoints = [Unlimited] });
        await using var client = await Http2Client.ConnectAsync(stopping.Secure);
        var stream = await client.BeginAsync(Fields(("expect", "100-continue")));
        await client.UntilAsync(() => client.Answer(stream).Statuses == "100");
        await client.DataAsync(stream, Half, end: false);
        var stop = stopping.Host.StopAsync(TestContext.Current.CancellationToken);
        await client.UntilAsync(() => client.Goaway is not null);
        Assert.Equal(Http2ErrorCode.None, client.Goaway);
        await client.DataAsync(stream, OtherHalf, end: true);
        Assert.Equal("100 201", (await client.AnswerAsync(stream)).Statuses);
        await client.WriteAsync(new Http2Frame(Http2FrameType.Ping, 0, 0, new byte[8]));
        await client.UntilAsync(() => false);
        await stop;
    }
}
