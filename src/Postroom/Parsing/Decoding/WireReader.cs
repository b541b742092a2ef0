using System.Buffers;
using System.IO.Pipelines;
using Postroom.Exchange;

namespace Postroom.Parsing.Decoding;

/// <summary>The bytes of a coded body as they come, counted and bounded.</summary>
internal sealed class WireReader(PipeReader source, long limit)
{
    private SequencePosition? _unsettled;

    /// <summary>Bytes that a decoder has taken.</summary>
    public long Taken { get; private set; }

    public async ValueTask<ReadResult> ReadAsync()
    {
        var result = await source.ReadAsync(CancellationToken.None);
        if (Taken + result.Buffer.Length <= limit)
        {
            _unsettled = result.Buffer.Start;
            return result;
        }

        source.AdvanceTo(result.Buffer.End);
        throw new BodyException(BodyLimit.Exceeded(limit, null));
    }

    /// <summary>Takes the first bytes; the rest is read again at once.</summary>
    public void Take(in ReadOnlySequence<byte> buffer, long count)
    {
        Taken += count;
        _unsettled = null;
        source.AdvanceTo(buffer.GetPosition(count));
    }

    /// <summary>Takes nothing, and lets the next read wait for more than there is.</summary>
    public void WaitForMore(in ReadOnlySequence<byte> buffer)
    {
        _unsettled = null;
        source.AdvanceTo(buffer.Start, buffer.End);
    }

    /// <summary>Gives back what a decoder had read when it refused: the server goes on reading after it.</summary>
    public void GiveBack()
    {
        if (_unsettled is { } start)
        {
            _unsettled = null;
            source.AdvanceTo(start);
        }
    }
}
