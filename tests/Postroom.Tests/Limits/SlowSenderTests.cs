using Postroom.Declarations;
using Postroom.Tests.Framing;
using Postroom.Tests.Hosts;
using static Postroom.Tests.Limits.LimitCase;

namespace Postroom.Tests.Limits;

/// <summary>
/// Who sends slowly is given up by the limits, in whatever way he is slow, and others are served meanwhile. The clock of
/// bodies is the test's; that of headers is the server's own, so the test waits for what happens.
/// </summary>
public sealed class SlowSenderTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Head = FramingHost.Line + FramingHost.Host + "Content-Type: " + Form + "\r\n";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Headers_byte_by_byte_end_with_408_while_others_are_served()
    {
        await using var host = await StartAsync(new(), new() { HeaderTime = TimeSpan.FromSeconds(1), HeaderBytes = 500_000 });
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(FramingHost.Line + FramingHost.Host + "X-A: ");
        var served = 0;
        while (await connection.TrySendAsync("b"))
        {
            await ServeAnotherAsync(host);
            served++;
        }

        // A byte that crosses the answer resets the connection, and the answer is lost.
        Assert.True((await connection.ReadToEndAsync()).Statuses is "408" or "");
        Assert.True(served > 0);
    }

    [Fact]
    public async Task A_header_that_stops_in_the_middle_ends_with_408()
    {
        await using var host = await StartAsync(new(), new() { HeaderTime = TimeSpan.FromSeconds(1) });
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync("POST /api/con");
        Assert.Equal("408", (await connection.ReadToEndAsync()).Statuses);
    }

    /// <summary>A byte each second at a minimum of 2: half a second of each second is missing.</summary>
    [Fact]
    public async Task A_body_byte_by_byte_falls_behind_and_is_given_up()
    {
        LimitsDeclaration limits = new() { MinimumRate = 2, MinimumRateGrace = TimeSpan.FromSeconds(3) };
        await using var host = await StartAsync(limits);
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + "Content-Length: 100\r\n\r\n");
        foreach (var left in (double[])[3, 2.5, 2, 1.5])
        {
            await IsWaitingAsync(host, left);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await connection.SendAsync("a");
            await ServeAnotherAsync(host);
        }

        await IsWaitingAsync(host, 1);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await connection.ReadToEndAsync();
        Assert.Equal("408", answer.Statuses);
        Assert.Contains("limits.minimumRate", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.ClosesAfterFirst);
        Assert.Equal(4, host.Entries().Count);
    }

    /// <summary>What came fast at first is no reason to wait longer for the rest.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task A_stop_in_the_middle_is_given_up_after_the_grace(int sent)
    {
        await using var host = await StartAsync(new());
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + "Content-Length: 200000\r\n\r\n" + new string('a', sent));
        await GiveUpAsync(host, connection, Grace, "limits.minimumRate");
    }

    [Theory]
    [InlineData("")]
    [InlineData("5;")]
    [InlineData("5;a=b")]
    [InlineData("5\r\na=12")]
    [InlineData("3\r\na=1\r\n")]
    [InlineData("3\r\na=1\r\n0\r\n")]
    [InlineData("3\r\na=1\r\n0\r\nX-A: b")]
    public async Task Chunks_that_stop_anywhere_are_given_up(string chunks)
    {
        await using var host = await StartAsync(new());
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + FramingHost.Chunked + "\r\n" + chunks);
        await GiveUpAsync(host, connection, Grace, "limits.minimumRate");
    }

    /// <summary>The extension of a chunk is no body: a client that sends only that stands still.</summary>
    [Fact]
    public async Task The_framing_of_chunks_wins_no_time()
    {
        await using var host = await StartAsync(new());
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + FramingHost.Chunked + "\r\n5;");
        await IsWaitingAsync(host, 15);
        host.Time.Advance(TimeSpan.FromSeconds(14));
        await connection.SendAsync(new string('a', 1000));
        await ServeAnotherAsync(host);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("408", (await connection.ReadAnswerAsync()).Statuses);
    }

    [Fact]
    public async Task A_body_that_is_fast_enough_ends_with_its_time()
    {
        LimitsDeclaration limits = new() { MinimumRate = 1, BodyTime = TimeSpan.FromSeconds(20) };
        await using var host = await StartAsync(limits);
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + "Content-Length: 200\r\n\r\n");
        await IsWaitingAsync(host, 15);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await connection.SendAsync("a=34567890");
        await GiveUpAsync(host, connection, TimeSpan.FromSeconds(10), "limits.bodyTime");
    }

    [Fact]
    public async Task A_slow_body_within_its_limits_is_taken()
    {
        await using var host = await StartAsync(new());
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(Head + "Connection: close\r\nContent-Length: 5\r\n\r\n");
        await IsWaitingAsync(host, 15);
        host.Time.Advance(TimeSpan.FromSeconds(14.9));
        await connection.SendAsync("a=123");
        Assert.Equal("201", (await connection.ReadToEndAsync()).Statuses);
    }

    [Fact]
    public async Task A_compressed_body_is_judged_by_what_comes()
    {
        await using var host = await StartAsync(new());
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(
            Head + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\u001f\u008b\u0008\0\0\0\0\0\0\u00ff");
        await GiveUpAsync(host, connection, Grace, "limits.minimumRate");
    }

    [Fact]
    public async Task A_file_that_stops_is_given_up_and_nothing_of_it_stays()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await StartAsync(new(), store: store);
        using var connection = await SlowConnection.OpenAsync(host.Address);
        const string part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n";
        await connection.SendAsync(
            Request("multipart/form-data; boundary=x", part + new string('a', 300_000))[..^100_000]);
        await GiveUpAsync(host, connection, Grace, "limits.minimumRate");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(store.Folder, "files"), "*", SearchOption.AllDirectories));
    }

    /// <summary>The rest of a refused body is read so that the client sees the answer, but not for ever.</summary>
    [Fact]
    public async Task A_refused_body_whose_rest_never_comes_is_answered_all_the_same()
    {
        await using var host = await StartAsync(new() { Parts = 1 });
        using var connection = await SlowConnection.OpenAsync(host.Address);
        const string part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n\r\n";
        await connection.SendAsync(
            Request("multipart/form-data; boundary=x", part + part + part + new string('a', 50_000))[..^10_000]);
        await IsWaitingAsync(host, 15);
        host.Time.Advance(Grace);
        var answer = await AnswerAsync(host, connection, Grace);
        Assert.Equal("400", answer.Statuses);
        Assert.Contains("limits.parts", answer.Text, StringComparison.Ordinal);
    }

    private static Task<PostHost> StartAsync(
        LimitsDeclaration limits, ServerLimitsDeclaration? server = null, StoreKind? store = null) =>
        PostHost.StartAsync(
            new PostroomDeclaration
            {
                Limits = server ?? new(),
                Endpoints = [new() { Path = "/api/contact", Kind = EndpointKind.Form, Limits = limits }],
            },
            store: store is null ? null : store.Choose);

    private static async Task GiveUpAsync(PostHost host, SlowConnection connection, TimeSpan after, string limit)
    {
        await IsWaitingAsync(host, after.TotalSeconds);
        host.Time.Advance(after - TimeSpan.FromMilliseconds(10));
        await ServeAnotherAsync(host);
        host.Time.Advance(TimeSpan.FromMilliseconds(10));
        var answer = await AnswerAsync(host, connection, after);
        Assert.Equal("408", answer.Statuses);
        Assert.Contains(limit, answer.Text, StringComparison.Ordinal);
        Assert.True(answer.ClosesAfterFirst);
        Assert.Single(host.Entries());
        connection.Dispose();
        host.Client.Dispose();
        await host.DrainAsync();
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    /// <summary>
    /// Some of a large body may have been on its way when the server was seen waiting; then it waits once more, no
    /// longer than before.
    /// </summary>
    private static async Task<RawExchange> AnswerAsync(PostHost host, SlowConnection connection, TimeSpan after)
    {
        var answer = connection.ReadAnswerAsync();
        while (!answer.IsCompleted)
        {
            await Patience.UntilAsync(
                () => answer.IsCompleted || host.Time.IsAwaited(left => left > after * (2.0 / 3) && left <= after),
                "an answer");
            if (!answer.IsCompleted)
            {
                host.Time.Advance(after);
            }
        }

        return await answer;
    }

    /// <summary>The server has read what came, and waits so many seconds for more.</summary>
    private static Task IsWaitingAsync(PostHost host, double seconds) =>
        host.Time.TimerMadeAsync(left => Math.Abs(left.TotalSeconds - seconds) < 0.005);

    private static async Task ServeAnotherAsync(PostHost host)
    {
        using var answer = await host.PostFormAsync("a=1");
        Assert.Equal(201, (int)answer.StatusCode);
    }
}
