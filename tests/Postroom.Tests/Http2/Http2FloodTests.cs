using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>One connection that wants to keep the server busy: bounded, and others are served all the while.</summary>
public sealed class Http2FloodTests(Http2Host host) : IClassFixture<Http2Host>
{
    [Fact]
    public async Task CVE_2023_44487_streams_that_are_reset_at_once_hold_up_nobody()
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var block = HeaderBlock.Write(Fields());
        for (var number = 0; number < 3000 && !client.IsClosed; number++)
        {
            await client.ResetAsync(await client.BeginAsync(block, Http2Frame.EndHeaders));
            if (number % 1000 == 500)
            {
                await host.RequireServingAsync();
                before++;
            }
        }

        Assert.Contains(
            client.Goaway, (int?[])[null, Http2ErrorCode.Internal, Http2ErrorCode.EnhanceYourCalm]);
        await host.RequireServingAsync();
        Assert.Equal(before + 1, host.Count);
    }

    /// <summary>A header that never ends.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CVE_2024_27316_a_header_of_many_frames_is_cut_off_at_the_limit_of_headers(bool isOneField)
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(HeaderBlock.Write(Fields()), 0);
        for (var number = 0; number < 1000 && !client.IsClosed && client.Goaway is null; number++)
        {
            var name = isOneField ? "x-flood" : "x-flood-" + number;
            var block = HeaderBlock.Write([(name, new string('a', 1000))]);
            await client.WriteAsync(new Http2Frame(Http2FrameType.Continuation, 0, stream, block));
        }

        await client.UntilAsync(() => client.Goaway is not null || client.Answer(stream).IsOver);
        Assert.True(client.Goaway is not null || client.IsClosed);
        Assert.Equal(before, host.Count);
        await host.RequireServingAsync();
    }

    /// <summary>The limits of docs/http.md: 32 KiB and 100 fields.</summary>
    [Theory]
    [InlineData(40, 1000)]
    [InlineData(120, 10)]
    public async Task A_header_over_the_limits_is_refused(int count, int size)
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var more = Enumerable.Range(0, count).Select(number => ("x-" + number, new string('a', size)));
        var block = HeaderBlock.Write([.. Fields(), .. more]);
        var stream = await client.BeginAsync(block[..Math.Min(block.Length, Http2Client.LargestFrame)], 0);
        await client.WriteAsync(new Http2Frame(
            Http2FrameType.Continuation, Http2Frame.EndHeaders, stream,
            block[Math.Min(block.Length, Http2Client.LargestFrame)..]));
        var answer = await client.AnswerAsync(stream);
        Assert.True(answer.Statuses is "" or "431", answer.Statuses);
        Assert.Equal(before, host.Count);
        await host.RequireServingAsync();
    }

    /// <summary>RFC 9113 §6.10: nothing may come between the frames of one header.</summary>
    [Theory]
    [InlineData((int)Http2FrameType.Data)]
    [InlineData((int)Http2FrameType.Ping)]
    [InlineData((int)Http2FrameType.Continuation)]
    public async Task A_frame_where_none_belongs_ends_the_connection(int type)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var whole = type == (int)Http2FrameType.Continuation;
        var stream = await client.BeginAsync(HeaderBlock.Write(Fields()), whole ? Http2Frame.EndHeaders : 0);
        await client.WriteAsync(new Http2Frame(
            (Http2FrameType)type, 0, type == (int)Http2FrameType.Ping ? 0 : stream, new byte[8]));
        await client.UntilAsync(() => false);
        Assert.Equal(Http2ErrorCode.Protocol, client.Goaway);
        Assert.Equal("", client.Answer(stream).Statuses);
        await host.RequireServingAsync();
    }

    [Fact]
    public async Task A_frame_larger_than_allowed_ends_the_connection()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields());
        await client.WriteAsync(new Http2Frame(
            Http2FrameType.Data, Http2Frame.EndStream, stream, new byte[Http2Client.LargestFrame + 1]));
        await client.UntilAsync(() => false);
        Assert.Equal(Http2ErrorCode.FrameSize, client.Goaway);
        await host.RequireServingAsync();
    }

    /// <summary>RFC 9113 §6.9: a window grows by something, and never beyond 2^31 - 1.</summary>
    [Theory]
    [InlineData(0, Http2ErrorCode.Protocol)]
    [InlineData(int.MaxValue, Http2ErrorCode.FlowControl)]
    public async Task A_window_that_cannot_be_ends_the_connection(int growth, int code)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        await client.WriteAsync(
            new Http2Frame(Http2FrameType.WindowUpdate, 0, 0, Http2Frame.FromNumber(growth)));
        await client.UntilAsync(() => false);
        Assert.Equal(code, client.Goaway);
        await host.RequireServingAsync();
    }
}
