using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>RFC 9112 §6.2–6.3: how long a body is, said by Content-Length, by Transfer-Encoding, or by neither.</summary>
public sealed class LengthTests(FramingHost host) : IClassFixture<FramingHost>
{
    [Theory]
    [InlineData("Content-Length: 40\r\n", "201 201")]
    [InlineData("Content-Length:\t40 \t\r\n", "201 201")]
    [InlineData("content-LENGTH:40\r\n", "201 201")]
    [InlineData("Content-Length: 040\r\n", "201 201")]
    [InlineData("Content-Length: 0x28\r\n", "400")]
    [InlineData("Content-Length: -1\r\n", "400")]
    [InlineData("Content-Length: -40\r\n", "400")]
    [InlineData("Content-Length: 40, 40\r\n", "400")]
    [InlineData("Content-Length: 40\r\nContent-Length: 40\r\n", "400")]
    [InlineData("Content-Length: 40\r\nContent-Length: 4\r\n", "400")]
    [InlineData("Content-Length: \r\n", "400")]
    [InlineData("Content-Length: 40.0\r\n", "400")]
    [InlineData("Content-Length: 4e1\r\n", "400")]
    [InlineData("Content-Length: 4 0\r\n", "400")]
    [InlineData("Content-Length: 4_0\r\n", "400")]
    [InlineData("Content-Length: 40;\r\n", "400")]
    [InlineData("Content-Length: \"40\"\r\n", "400")]
    [InlineData("Content-Length: \v40\r\n", "400")]
    [InlineData("Content-Length: \u00a040\r\n", "400")]
    [InlineData("Content-Length: forty\r\n", "400")]
    [InlineData("Content-Length: 99999999999999999999999\r\n", "400")]
    [InlineData("Content-Length: 9223372036854775807\r\n", "413")]
    [InlineData("Content-Length : 40\r\n", "400")]
    [InlineData(" Content-Length: 40\r\n", "400")]
    [InlineData("Content-Length:\r\n 40\r\n", "400")]
    public async Task A_length_is_one_number_of_digits(string lines, string statuses) =>
        await host.JudgeAsync(Line + Host + Json + lines + "\r\n" + Body, statuses);

    /// <summary>
    /// The server's own reader takes a plus sign and hides it from us: RFC 9110 §8.6 wants digits only. When this row
    /// fails, the runtime has been corrected: move it to the rows above as 400, and take it out of docs/http.md.
    /// </summary>
    [Fact]
    public async Task Pinned_a_plus_sign_before_the_length_is_not_seen() =>
        await host.JudgeAsync(Line + Host + Json + "Content-Length: +40\r\n\r\n" + Body, "201 201");

    [Theory]
    [InlineData("Content-Length: 40\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 40\r\n")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n")]
    public async Task Both_lengths_are_refused(string lines)
    {
        var exchange = await host.JudgeAsync(Line + Host + Json + lines + "\r\n" + Chunks, "400");
        Assert.Equal("malformed-request", exchange.Code);
        Assert.Contains("Send one of them", exchange.Text);
    }

    [Theory]
    [InlineData("Content-Length: 39\r\n", "400 400")]
    [InlineData("Content-Length: 0\r\n", "400 400")]
    [InlineData("", "400 400")]
    public async Task Bytes_behind_the_length_are_the_next_request_and_none_of_ours(string lines, string statuses) =>
        await host.JudgeAsync(Line + Host + Json + lines + "\r\n" + Body, statuses);

    [Theory]
    [InlineData("Content-Length: 40\r\n\r\n{\"name\":")]
    [InlineData("Content-Length: 40\r\n\r\n")]
    [InlineData("Content-Length: 40\r\n")]
    [InlineData("Content-Len")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n28\r\n{\"name\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n28\r\n" + Body)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n28\r\n" + Body + "\r\n0\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n28\r\n" + Body + "\r\n0\r\nX-A: b\r\n")]
    public async Task A_request_cut_off_anywhere_stores_nothing(string rest)
    {
        var before = host.Count;
        var exchange = await RawExchange.SendAsync(host.Address, Line + Host + Json + rest, leave: true);
        Assert.True(exchange.Statuses is "" or "400", exchange.Text);
        Assert.Equal(before, host.Count);
    }
}
