using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Postroom.Parsing;
using Postroom.Parsing.Decoding;
using Postroom.Tests.Fuzzing;

namespace Postroom.Tests.Parsing;

/// <summary>Compresses as clients do, and decodes as the parsing room does, from pieces of any size.</summary>
internal static class Coded
{
    public static readonly string[] All = ["gzip", "deflate", "br"];

    public static byte[] Encode(string coding, ReadOnlySpan<byte> content)
    {
        var output = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(output, CompressionLevel.Optimal),
            _ => new BrotliStream(output, CompressionLevel.Optimal),
        })
        {
            encoder.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>The content, or the code of the refusal and the name of its limit.</summary>
    public static async Task<(byte[]? Content, string? Code, string? Limit)> DecodeAsync(
        string coding, byte[] body, int piece = int.MaxValue, long limit = 1_000_000, int ratio = 100) =>
        await DecodeAsync(coding, Segments.Cut(body, () => piece), limit, ratio);

    public static async Task<(byte[]? Content, string? Code, string? Limit)> DecodeAsync(
        string coding, ReadOnlySequence<byte> body, long limit = 1_000_000, int ratio = 100)
    {
        var wire = new WireReader(PipeReader.Create(body), limit);
        await using var decoded = Open(coding, wire, limit, ratio);
        var content = new ArrayBufferWriter<byte>();
        try
        {
            while (await decoded.ReadAsync(content.GetMemory(4096)) is > 0 and var length)
            {
                content.Advance(length);
            }

            return (content.WrittenSpan.ToArray(), null, null);
        }
        catch (BodyException exception)
        {
            return (null, exception.Fault.Kind.Code, exception.Fault.Limit?.Name);
        }
    }

    public static DecodedBody Open(string coding, WireReader wire, long limit, int ratio) => coding switch
    {
        "gzip" => new GzipBody(wire, limit, ratio),
        "deflate" => new ZlibBody(wire, limit, ratio),
        _ => new BrotliBody(wire, limit, ratio),
    };
}
