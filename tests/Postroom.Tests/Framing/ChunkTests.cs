using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>RFC 9112 §7.1: the grammar of chunks.</summary>
public sealed class ChunkTests(FramingHost host) : IClassFixture<FramingHost>
{
    private const string Last = "\r\n0\r\n\r\n";

    [Theory]
    [InlineData("28\r\n" + Body + Last)]
    [InlineData("0028\r\n" + Body + Last)]
    [InlineData("28\r\n" + Body + "\r\n000\r\n\r\n")]
    [InlineData("28;a=b\r\n" + Body + Last)]
    [InlineData("28;a=\"b\\\"c\"\r\n" + Body + Last)]
    [InlineData("28;\r\n" + Body + Last)]
    [InlineData("28\r\n" + Body + "\r\n0;a\r\n\r\n")]
    public async Task Chunks_are_read_to_their_end(string chunks) => await JudgeAsync(chunks, "201 201");

    [Theory]
    [InlineData("28;\n" + Body + Last)]
    [InlineData("28;a\nb\r\n" + Body + Last)]
    [InlineData("28;a\rb\r\n" + Body + Last)]
    [InlineData("28\n" + Body + Last)]
    [InlineData("28\r" + Body + Last)]
    [InlineData("0x28\r\n" + Body + Last)]
    [InlineData("+28\r\n" + Body + Last)]
    [InlineData("-28\r\n" + Body + Last)]
    [InlineData("2_8\r\n" + Body + Last)]
    [InlineData(" 28\r\n" + Body + Last)]
    [InlineData("28 \r\n" + Body + Last)]
    [InlineData("28g\r\n" + Body + Last)]
    [InlineData("\r\n" + Body + Last)]
    [InlineData(";a=b\r\n" + Body + Last)]
    [InlineData("00000000000000028\r\n" + Body + Last)]
    [InlineData("100000028\r\n" + Body + Last)]
    [InlineData("ffffffff\r\n" + Body + Last)]
    [InlineData("ffffffffffffffff28\r\n" + Body + Last)]
    [InlineData("28\r\n" + Body + "0\r\n\r\n")]
    [InlineData("28\r\n" + Body + "XX0\r\n\r\n")]
    [InlineData("28\r\n" + Body + "\n0\r\n\r\n")]
    [InlineData("27\r\n" + Body + Last)]
    [InlineData("28\r\n" + Body + "\r\n0\n\n")]
    public async Task Chunks_that_two_readers_could_read_differently_are_refused(string chunks) =>
        Assert.Equal("malformed-request", (await JudgeAsync(chunks, "400")).Code);

    /// <summary>RFC 9110 §5.5: NUL is in no value; the server finds it, and bytes that are no text, while it reads.</summary>
    [Theory]
    [InlineData("X-Note: a\0b\r\n")]
    [InlineData("X-Note: \u00A6b\r\n")]
    public async Task Trailers_that_are_no_text_are_refused(string trailer) =>
        Assert.Equal("malformed-request", (await JudgeAsync("28\r\n" + Body + "\r\n0\r\n" + trailer + "\r\n", "400")).Code);

    /// <summary>CVE-2025-55315: the request hidden behind a lone LF in a chunk extension never runs.</summary>
    [Fact]
    public async Task A_request_hidden_in_a_chunk_extension_is_not_read()
    {
        const string hidden = Line + Host + Json + "Content-Length: 40\r\n\r\n" + Body;
        await JudgeAsync("28;\n" + Body + "\r\n0\r\n\r\n" + hidden, "400");
    }

    /// <summary>RFC 9110 §6.5.1: fields of a trailer are not merged into the header.</summary>
    [Theory]
    [InlineData("X-Note: b\r\n", "201 201")]
    [InlineData("Content-Length: 500\r\n", "201 201")]
    [InlineData("Transfer-Encoding: gzip\r\n", "201 201")]
    [InlineData("Host: evil\r\n", "201 201")]
    [InlineData("Idempotency-Key: x\r\n", "201 201")]
    [InlineData("Origin: https://evil.example\r\n", "201 201")]
    [InlineData("X A: b\r\n", "400")]
    [InlineData("X-A: b\n", "400")]
    [InlineData("nonsense\r\n", "400")]
    [InlineData("X-A: b\r\n c\r\n", "400")]
    public async Task A_trailer_changes_nothing(string trailer, string statuses) =>
        await JudgeAsync("28\r\n" + Body + "\r\n0\r\n" + trailer + "\r\n", statuses);

    private Task<RawExchange> JudgeAsync(string chunks, string statuses) =>
        host.JudgeAsync(Line + Host + Json + Chunked + "\r\n" + chunks, statuses);
}
