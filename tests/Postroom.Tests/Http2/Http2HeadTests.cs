using Postroom.Declarations;
using Postroom.Tests.Idempotency;
using static Postroom.Tests.Http2.Http2Host;

namespace Postroom.Tests.Http2;

/// <summary>
/// RFC 9113 §8.1.1: a malformed request is a stream error, and nothing of it is stored. No row may get a 5xx, and after
/// each the server still serves.
/// </summary>
public sealed class Http2HeadTests(Http2Host host) : IClassFixture<Http2Host>
{
    /// <summary>What is wrong with the head, as fields that replace the usual ones or stand behind them.</summary>
    private static readonly (string Name, string Value)[][] Malformed =
    [
        // RFC 9113 §8.2.2: fields of a connection; TE may only say trailers.
        [("connection", "close")],
        [("connection", "keep-alive")],
        [("connection", "")],
        [("transfer-encoding", "chunked")],
        [("transfer-encoding", "identity")],
        [("te", "gzip")],
        [("te", "trailers, deflate")],
        [("keep-alive", "timeout=5")],
        [("proxy-connection", "keep-alive")],
        [("upgrade", "h2c")],

        // RFC 9113 §8.2.1: names in lower case, and tokens.
        [("X-Custom", "a")],
        [("Content-Length", "40")],
        [("", "a")],
        [("x y", "a")],
        [("x:y", "a")],
        [(":", "a")],
        [("x\r\ny", "a")],
        [("x\ny", "a")],
        [("x\0", "a")],
        [("x\u0001", "a")],
        [("x(y", "a")],
        [("x\u007f", "a")],
        [("\u00e9", "a")],
        [("origin ", "https://evil.example")],

        // RFC 9113 §8.2.1: no ends of lines in values, and no space around them.
        [("x", "a\rb")],
        [("x", "a\nb")],
        [("x", "a\0b")],
        [("x", "a\r\nhost: evil.example")],
        [("x", " a")],
        [("x", "a ")],
        [("x", "\ta")],
        [("x", "a\t")],
        [("x", " ")],
        [("idempotency-key", "a-key-with-a-line\n-0001")],

        // RFC 9113 §8.3: pseudo-fields, each once, before all others, none that are not defined.
        [(":method", "POST"), ("accept", "*/*"), (":path", "/api/contact"), (":invented", "a")],
        [(":status", "200")],
        [(":protocol", "websocket")],

        // RFC 9110 §8.6: a length is digits.
        [(Length, "0x28")],
        [(Length, "-1")],
        [(Length, "40, 40")],
        [(Length, "")],
        [(Length, "forty")],
        [(Length, "99999999999999999999999")],

        // RFC 9113 §8.3.1: what the pseudo-fields may say.
        [(":scheme", "gopher")],
        [(":scheme", "")],
        [(":method", "")],
        [(":method", "PO ST")],
        [(":path", "")],
        [(":path", "api/contact")],
        [(":path", "*")],
        [(":path", "/api/con tact")],
        [(":authority", "local host")],
        [(":authority", "user@localhost")],
        [(":authority", "a, b")],
        [(":authority", "")],
        [(":method", "CONNECT")],
        [(":scheme", "http")],
        [(":path", "/api/contact\r\nx: y")],
        [(":path", "/api/contact\0")],
        [(":path", "/api/contact#fragment")],
        [(":path", "//evil.example/api/contact")],
        [(":path", "https://localhost/api/contact")],
    ];

    public static TheoryData<int> Rows { get; } = [.. Enumerable.Range(0, Malformed.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_malformed_head_is_refused(int row) => RefuseAsync(Fields(Malformed[row]), Keys.Ada);

    /// <summary>RFC 9113 §8.3.1: method, scheme and path, each exactly once.</summary>
    [Theory]
    [InlineData(":method")]
    [InlineData(":scheme")]
    [InlineData(":path")]
    public async Task A_missing_or_repeated_pseudo_field_is_refused(string name)
    {
        var whole = Fields();
        var field = whole.Single(field => field.Name == name);
        await RefuseAsync([.. whole.Where(other => other != field)], Keys.Ada);
        await RefuseAsync([field, .. whole], Keys.Ada);
        await RefuseAsync([.. whole, field], Keys.Ada);
        await RefuseAsync([.. whole.Where(other => other != field), field], Keys.Ada);
    }

    /// <summary>RFC 9113 §8.3.1: :authority or Host.</summary>
    [Theory]
    [InlineData(null, "400")]
    [InlineData("", "400")]
    [InlineData("localhost", "201")]
    public async Task A_request_names_its_host_in_one_way_or_the_other(string? name, string status)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var fields = Fields().Where(field => field.Name != ":authority");
        var answer = await client.AskAsync(name is null ? fields : fields.Append(("host", name)), Keys.Ada);
        Assert.Equal(status, answer.Statuses);
    }

    /// <summary>RFC 9113 §8.1.1: the length of the frames must be that of the field.</summary>
    [Theory]
    [InlineData("39", Keys.Ada)]
    [InlineData("41", Keys.Ada)]
    [InlineData("0", Keys.Ada)]
    [InlineData("40", "")]
    [InlineData("40", null)]
    [InlineData("1000000", Keys.Ada)]
    public Task A_length_that_is_not_that_of_the_body_is_refused(string length, string? body) =>
        RefuseAsync(Fields((Length, length)), body);

    [Fact]
    public Task Two_lengths_are_refused() => RefuseAsync([.. Fields(), (Length, "40"), (Length, "40")], Keys.Ada);

    /// <summary>RFC 9113 §8.1: no pseudo-fields in trailers.</summary>
    [Theory]
    [InlineData(":path", "/api/other")]
    [InlineData("connection", "close")]
    [InlineData("X-Custom", "a")]
    public async Task Malformed_trailers_are_refused(string name, string value)
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        var stream = await client.BeginAsync(Fields());
        await client.DataAsync(stream, Keys.Ada, end: false);
        await client.TrailersAsync(stream, (name, value));
        await RequireRefusedAsync(client, stream, before);
    }

    /// <summary>
    /// The server's reader takes a plus sign before the length, as over HTTP/1.1, and control characters in values
    /// other than those that end lines. When this fails, the runtime has been corrected: see docs/http.md.
    /// </summary>
    [Theory]
    [InlineData(Length, "+40")]
    [InlineData("x", "a\u0001")]
    public async Task Pinned_what_the_reader_lets_pass(string name, string value)
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        Assert.Equal("201", (await client.AskAsync(Fields((name, value)), Keys.Ada)).Statuses);
    }

    [Fact]
    public async Task TE_trailers_is_taken()
    {
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        Assert.Equal("201", (await client.AskAsync(Fields(("te", "trailers")), Keys.Ada)).Statuses);
    }

    /// <summary>
    /// RFC 9113 §8.3.1 lets a server refuse a Host that differs from :authority; the server's reader puts :authority in
    /// its place before anybody can see it. Only one of them ever counts, so there is nothing to disagree about.
    /// </summary>
    [Fact]
    public async Task Pinned_authority_takes_the_place_of_Host()
    {
        await using var production = await StartWithAsync(new PostroomDeclaration
        {
            Endpoints = [Unlimited],
        });
        await using var client = await Http2Client.ConnectAsync(production.Secure);
        var own = await client.AskAsync(
            Fields((":authority", "post.example.com"), ("host", "evil.example"),
                ("origin", "https://post.example.com")), Keys.Ada);
        var foreign = await client.AskAsync(
            Fields((":authority", "post.example.com"), ("host", "evil.example"), ("origin", "https://evil.example")),
            Keys.Ada);
        Assert.Equal("201", own.Statuses);
        Assert.Equal("403", foreign.Statuses);
    }

    private async Task RefuseAsync(IEnumerable<(string Name, string Value)> fields, string? body)
    {
        var before = host.Count;
        await using var client = await Http2Client.ConnectAsync(host.Secure);
        await RequireRefusedAsync(client, await client.SendAsync(fields, body), before);
    }

    private async Task RequireRefusedAsync(Http2Client client, int stream, int before)
    {
        var answer = await client.AnswerAsync(stream);
        Assert.True(answer.Statuses is "" || answer.Statuses.StartsWith('4'), answer.Statuses);
        Assert.True(answer.IsOver || client.IsClosed);
        Assert.Equal(before, host.Count);
        await host.RequireServingAsync();
    }
}
