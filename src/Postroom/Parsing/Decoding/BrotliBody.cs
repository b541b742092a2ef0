using System.Buffers;
using System.IO.Compression;

namespace Postroom.Parsing.Decoding;

/// <summary>
/// <c>br</c> (RFC 7932). Its decoder keeps a window of what it has decoded, up to 16 MiB as the stream's first byte
/// says, and fills it before it gives anything out; encoders take 4 MiB unless told, and more is refused.
/// </summary>
internal sealed class BrotliBody(WireReader wire, long limit, int ratio) : DecodedBody(wire, limit, ratio)
{
    private BrotliDecoder _decoder;
    private bool _hasBegun;
    private bool _isDone;

    protected override async ValueTask<int> DecodeAsync(Memory<byte> buffer)
    {
        while (true)
        {
            var result = await Wire.ReadAsync();
            var waiting = result.Buffer;
            if (_isDone)
            {
                if (JudgeEnd(waiting, result.IsCompleted))
                {
                    return 0;
                }

                continue;
            }

            JudgeWindow(waiting.FirstSpan);
            var status = _decoder.Decompress(waiting.FirstSpan, buffer.Span, out var consumed, out var written);
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData)
            {
                Wire.Take(waiting, 0);
                throw CodingFaults.Damaged("br");
            }

            if (consumed == waiting.Length && status == OperationStatus.NeedMoreData && written == 0
                && result.IsCompleted)
            {
                Wire.Take(waiting, consumed);
                throw CodingFaults.CutOff();
            }

            Wire.Take(waiting, consumed);
            if (written > 0)
            {
                return written;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>RFC 7932 §9.1: bits 0 to 3 of the first byte; 1101 and 1111 read upwards are 23 and 24 bits.</summary>
    private void JudgeWindow(ReadOnlySpan<byte> first)
    {
        if (!_hasBegun && first.Length > 0)
        {
            _hasBegun = true;
            if ((first[0] & 0b1111) is 0b1101 or 0b1111)
            {
                throw CodingFaults.WindowTooLarge();
            }
        }
    }

    private bool JudgeEnd(in ReadOnlySequence<byte> waiting, bool isCompleted)
    {
        if (!waiting.IsEmpty)
        {
            throw CodingFaults.MoreFollows("br");
        }

        Wire.WaitForMore(waiting);
        return isCompleted;
    }
}
