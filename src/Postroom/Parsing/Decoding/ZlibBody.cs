using System.IO.Compression;

namespace Postroom.Parsing.Decoding;

/// <summary>
/// <c>deflate</c> (RFC 9110 §8.4.1.2): a deflate stream in the zlib format, whose checksum the inflater compares. A raw
/// deflate stream, which some clients send under this name, has no checksum and is refused.
/// </summary>
internal sealed class ZlibBody : DecodedBody
{
    private readonly InflaterFeed _feed;
    private readonly ZLibStream _inflater;
    private bool _hasBegun;

    public ZlibBody(WireReader wire, long limit, int ratio)
        : base(wire, limit, ratio)
    {
        _feed = new InflaterFeed(wire, trailerLength: 0);
        _inflater = new ZLibStream(_feed, CompressionMode.Decompress);
    }

    protected override async ValueTask<int> DecodeAsync(Memory<byte> buffer)
    {
        try
        {
            var length = await _inflater.ReadAsync(buffer);
            _hasBegun |= length > 0;
            if (length == 0)
            {
                _feed.RequireEnd("deflate");
            }

            return length;
        }
        // A stream that asks for a preset dictionary (RFC 1950 §2.2) ends as an IOException.
        catch (Exception exception) when (!_feed.IsAwaiting && exception is (InvalidDataException or IOException))
        {
            throw _hasBegun ? CodingFaults.Damaged("deflate") : CodingFaults.NotZlib();
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
}
