using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>RFC 9112 §6.1 and §7: the only transfer coding is chunked, once, on HTTP/1.1.</summary>
public sealed class TransferCodingTests(FramingHost host) : IClassFixture<FramingHost>
{
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "201 201", null)]
    [InlineData("transfer-encoding: CHUNKED\r\n", "201 201", null)]
    [InlineData("Transfer-Encoding:\tchunked\t\r\n", "201 201", null)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", "501", "transfer-coding-unsupported")]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "501", "transfer-coding-unsupported")]
    [InlineData("Transfer-Encoding: identity, chunked\r\n", "501", "transfer-coding-unsupported")]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n", "400", "malformed-request")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "400", "malformed-request")]
    [InlineData("Transfer-Encoding: ,chunked\r\n", "400", "malformed-request")]
    [InlineData("Transfer-Encoding: chunked,\r\n", "400", "malformed-request")]
    [InlineData("Transfer-Encoding: gzip\r\n", "400", null)]
    [InlineData("Transfer-Encoding: xchunked\r\n", "400", null)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", "400", null)]
    [InlineData("Transfer-Encoding: chunked;q=1\r\n", "400", null)]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n", "400", null)]
    [InlineData("Transfer-Encoding: \vchunked\r\n", "400", null)]
    [InlineData("Transfer-Encoding: chunked\0\r\n", "400", null)]
    [InlineData("Transfer-Encoding: chunked\u00ff\r\n", "400", null)]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n", "400", null)]
    [InlineData("Transfer-Encoding : chunked\r\n", "400", null)]
    [InlineData(" Transfer-Encoding: chunked\r\n", "400", null)]
    [InlineData("X: y\r\n Transfer-Encoding: chunked\r\n", "400", null)]
    public async Task Only_one_chunked_is_taken(string lines, string statuses, string? code)
    {
        var exchange = await host.JudgeAsync(Line + Host + Json + lines + "\r\n" + Chunks, statuses);
        Assert.True(code is null || exchange.Code == code, exchange.Text);
    }

    [Theory]
    [InlineData("Transfer-Encoding: identity\r\n")]
    [InlineData("Transfer-Encoding: \r\n")]
    public async Task A_coding_that_gives_no_length_is_refused_beside_one(string lines) =>
        await host.JudgeAsync(Line + Host + Json + lines + "Content-Length: 40\r\n\r\n" + Body, "400");

    [Theory]
    [InlineData("Transfer_Encoding: chunked\r\n")]
    [InlineData("X-Transfer-Encoding: chunked\r\n")]
    [InlineData("TE: chunked\r\n")]
    public async Task A_name_that_only_looks_alike_means_nothing(string lines) =>
        await host.JudgeAsync(Line + Host + Json + lines + "Content-Length: 40\r\n\r\n" + Body, "201 201");

    [Theory]
    [InlineData("")]
    [InlineData("Connection: keep-alive\r\n")]
    [InlineData("Content-Length: 40\r\n")]
    public async Task The_older_version_knows_no_transfer_coding(string lines)
    {
        var request = "POST /api/contact HTTP/1.0\r\n" + Host + Json + lines + Chunked + "\r\n" + Chunks;
        Assert.Equal("malformed-request", (await host.JudgeAsync(request, "400")).Code);
    }

    /// <summary>The rule stands before pages and files too: what matters is the request behind.</summary>
    [Theory]
    [InlineData("GET /_postroom/health HTTP/1.1\r\n")]
    [InlineData("GET /nowhere HTTP/1.1\r\n")]
    [InlineData("DELETE /api/contact HTTP/1.1\r\n")]
    public async Task Whatever_is_asked_for_ambiguous_framing_is_refused(string line)
    {
        const string both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        Assert.Equal("malformed-request", (await host.JudgeAsync(line + Host + both, "400")).Code);
    }
}
