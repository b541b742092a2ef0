using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Postroom.Parsing.Decoding;

/// <summary>
/// <c>gzip</c> (RFC 9110 §8.4.1.3), one member: RFC 1952 allows several in a file, but readers of HTTP differ over
/// what follows the first, so a second one is refused like any other bytes after the end.
/// </summary>
internal sealed class GzipBody : DecodedBody
{
    private const int TrailerLength = 8;

    private readonly InflaterFeed _feed;
    private readonly DeflateStream _inflater;
    private readonly Crc32 _checksum = new();
    private bool _hasHeader;
    private uint _length;

    public GzipBody(WireReader wire, long limit, int ratio)
        : base(wire, limit, ratio)
    {
        _feed = new InflaterFeed(wire, TrailerLength);
        _inflater = new DeflateStream(_feed, CompressionMode.Decompress);
    }

    protected override async ValueTask<int> DecodeAsync(Memory<byte> buffer)
    {
        if (!_hasHeader)
        {
            await GzipHeader.SkipAsync(Wire);
            _hasHeader = true;
        }

        try
        {
            var length = await _inflater.ReadAsync(buffer);
            _checksum.Append(buffer.Span[..length]);
            _length += (uint)length;
            if (length == 0)
            {
                _feed.RequireEnd("gzip");
                JudgeTrailer();
            }

            return length;
        }
        catch (Exception exception) when (!_feed.IsAwaiting && exception is (InvalidDataException or IOException))
        {
            throw CodingFaults.Damaged("gzip");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>RFC 1952 §2.3.1: the checksum of the content, then its length modulo 2^32.</summary>
    private void JudgeTrailer()
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(_feed.Trailer) != _checksum.GetCurrentHashAsUInt32()
            || BinaryPrimitives.ReadUInt32LittleEndian(_feed.Trailer[4..]) != _length)
        {
            throw CodingFaults.Damaged("gzip");
        }
    }
}
