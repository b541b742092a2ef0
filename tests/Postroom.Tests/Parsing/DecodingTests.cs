using System.IO.Compression;
using System.IO.Hashing;
using System.IO.Pipelines;
using System.Text;
using Postroom.Parsing;
using Postroom.Parsing.Decoding;

namespace Postroom.Tests.Parsing;

/// <summary>What is decoded is the whole content of a whole stream, and nothing else passes.</summary>
public sealed class DecodingTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 60).Select(index => $"{{\"line\":{index * 7919 % 1000}}} ")));

    public static TheoryData<string> Codings => new(Coded.All);

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Any_content_in_any_pieces_comes_back(string coding)
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var content = new byte[random.Next(round < 150 ? 300 : 200_000)];
            random.NextBytes(content);
            content.AsSpan(content.Length / 2).Fill((byte)round);
            var piece = round % 3 == 0 ? 1 : random.Next(1, 5000);
            var (decoded, code, _) = await Coded.DecodeAsync(coding, Coded.Encode(coding, content), piece);
            Assert.Null(code);
            Assert.Equal(content, decoded);
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_stream_that_ends_at_any_byte_before_its_end_is_incomplete(string coding)
    {
        var body = Coded.Encode(coding, Text);
        for (var length = 0; length < body.Length; length++)
        {
            Assert.Equal("incomplete-body", (await Coded.DecodeAsync(coding, body[..length])).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Whatever_follows_the_end_is_refused(string coding)
    {
        var body = Coded.Encode(coding, Text);
        foreach (byte[] more in new byte[][] { [0], [0x1F, 0x8B], "more than a trailer"u8.ToArray(), body })
        {
            Assert.Equal("malformed-coding", (await Coded.DecodeAsync(coding, [.. body, .. more])).Code);
        }
    }

    /// <summary>
    /// A read that is not given back makes the server's next one throw, and it logs an error of its own for it: anybody
    /// could fill the log. The first bytes: of no gzip, of no zlib, of a window of 16 MiB.
    /// </summary>
    [Theory]
    [MemberData(nameof(Codings))]
    public async Task What_is_refused_can_be_read_on(string coding)
    {
        byte[] whole = Coded.Encode(coding, Text);
        foreach (byte[] body in new byte[][]
        {
            [.. Enumerable.Repeat((byte)0xFF, 100)], [.. whole, 1, 2, 3], whole[..^1], [0x0F, .. whole],
        })
        {
            var pipe = new Pipe();
            await pipe.Writer.WriteAsync(body);
            await pipe.Writer.CompleteAsync();
            await using var decoded = Coded.Open(coding, new WireReader(pipe.Reader, 1000), 1000, 100);
            await Assert.ThrowsAsync<BodyException>(async () =>
            {
                while (await decoded.ReadAsync(new byte[4096]) > 0)
                {
                    // Until it is refused.
                }
            });
            Assert.True(pipe.Reader.TryRead(out _));
        }
    }

    /// <summary>br has no checksum: there a flipped bit may make another text, as in a plain body.</summary>
    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_flipped_bit_never_passes_unseen_where_there_is_a_checksum(string coding)
    {
        var body = Coded.Encode(coding, Text);
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            var damaged = body.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var (decoded, code, _) = await Coded.DecodeAsync(coding, damaged);
            Assert.True(coding == "br" || code is not null || Text.AsSpan().SequenceEqual(decoded), $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Nonsense_is_refused_and_never_throws(string coding)
    {
        var random = new Random(2);
        for (var round = 0; round < 3000; round++)
        {
            var body = new byte[random.Next(200)];
            random.NextBytes(body);
            var start = Coded.Encode(coding, Text).AsSpan(0, random.Next(12));
            var (decoded, code, _) = await Coded.DecodeAsync(coding, [.. start, .. body], random.Next(1, 50));
            Assert.True(decoded is null == code is "malformed-coding" or "incomplete-body" or "body-too-large");
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_bomb_is_refused_early_and_costs_little(string coding)
    {
        var bomb = Coded.Encode(coding, new byte[100 << 20]);
        await Coded.DecodeAsync(coding, bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (_, code, limit) = await Coded.DecodeAsync(coding, bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_500_000);
        Assert.Equal("body-too-large", code);
        Assert.Equal("limits.ratio", limit);
        Assert.Equal("limits.decodedBody", (await Coded.DecodeAsync(coding, bomb, ratio: 1_000_000)).Limit);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Bytes_on_the_wire_are_bounded(string coding)
    {
        var noise = new byte[2000];
        new Random(3).NextBytes(noise);
        Assert.Equal(
            "limits.body", (await Coded.DecodeAsync(coding, Coded.Encode(coding, noise), 100, limit: 1000)).Limit);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task The_decoded_limit_itself_is_allowed(string coding)
    {
        var body = Coded.Encode(coding, new byte[5000]);
        Assert.Equal(5000, (await Coded.DecodeAsync(coding, body, limit: 5000)).Content?.Length);
        Assert.Equal("limits.decodedBody", (await Coded.DecodeAsync(coding, body, limit: 4999)).Limit);
    }

    [Fact]
    public async Task A_raw_deflate_stream_is_not_deflate()
    {
        var output = new MemoryStream();
        using (var raw = new DeflateStream(output, CompressionLevel.Optimal))
        {
            raw.Write(Text);
        }

        Assert.Equal("malformed-coding", (await Coded.DecodeAsync("deflate", output.ToArray())).Code);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(22, true)]
    [InlineData(23, false)]
    [InlineData(24, false)]
    public async Task A_window_beyond_4_MiB_is_refused(int bits, bool isTaken)
    {
        var body = new byte[Text.Length + 100];
        using var encoder = new BrotliEncoder(quality: 5, bits);
        encoder.Compress(Text, body, out _, out var length, isFinalBlock: true);
        var (decoded, _, _) = await Coded.DecodeAsync("br", body[..length]);
        Assert.Equal(isTaken, decoded is not null);
    }

    /// <summary>RFC 1952 §2.3: extra field, name, comment and a checksum of the header.</summary>
    [Fact]
    public async Task Every_part_of_a_gzip_header_is_passed_over_and_its_checksum_compared()
    {
        byte[] header =
        [
            0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 255, 3, 0, 9, 9, 9, .. "name\0"u8, .. "a comment\0"u8,
        ];
        var checksum = Crc32.HashToUInt32(header);
        byte[] body = [.. header, (byte)checksum, (byte)(checksum >> 8), .. Coded.Encode("gzip", Text)[10..]];
        Assert.Equal(Text, (await Coded.DecodeAsync("gzip", body, piece: 1)).Content);
        body[20] ^= 1;
        Assert.Equal("malformed-coding", (await Coded.DecodeAsync("gzip", body)).Code);
    }

    [Theory]
    [InlineData(0b0010_0000)]
    [InlineData(0b1000_0000)]
    public async Task Reserved_flags_are_refused(byte flags)
    {
        var body = Coded.Encode("gzip", Text);
        body[3] = flags;
        Assert.Equal("malformed-coding", (await Coded.DecodeAsync("gzip", body)).Code);
    }

    [Fact]
    public async Task A_gzip_header_without_end_is_refused()
    {
        byte[] body = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255, .. Enumerable.Repeat((byte)'n', GzipHeader.LengthMax)];
        Assert.Equal("malformed-coding", (await Coded.DecodeAsync("gzip", body)).Code);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926)]
    public void The_checksum_is_the_known_one(string text, uint checksum) =>
        Assert.Equal(checksum, Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text)));
}
