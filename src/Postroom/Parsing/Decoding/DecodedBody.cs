using Postroom.Exchange;

namespace Postroom.Parsing.Decoding;

/// <summary>
/// A body without its coding, bounded while it is decoded: a few bytes can stand for gigabytes, so both its size and
/// how far it swells are judged piece by piece.
/// </summary>
internal abstract class DecodedBody(WireReader wire, long limit, int ratio) : ReadOnlyStream
{
    /// <summary>Small texts of one letter swell more than any message; they do no harm.</summary>
    private const long RatioJudgedFrom = 64 * 1024;

    private long _decoded;
    private bool _ended;

    protected WireReader Wire { get; } = wire;

    public sealed override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended)
        {
            return 0;
        }

        int length;
        try
        {
            length = await DecodeAsync(buffer);
        }
        catch (BodyException)
        {
            Wire.GiveBack();
            throw;
        }

        _decoded += length;
        _ended = length == 0;
        if (_decoded > RatioJudgedFrom && _decoded > ratio * Wire.Taken)
        {
            throw new BodyException(BodyLimit.RatioExceeded(ratio));
        }

        return _decoded <= limit ? length : throw new BodyException(BodyLimit.DecodedExceeded(limit));
    }

    /// <summary>Decodes some bytes; 0 only at an end that was verified.</summary>
    protected abstract ValueTask<int> DecodeAsync(Memory<byte> buffer);
}
