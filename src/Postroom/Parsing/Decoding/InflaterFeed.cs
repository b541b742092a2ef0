using System.Buffers;

namespace Postroom.Parsing.Decoding;

/// <summary>
/// Feeds an inflater so that its end can be told exactly. The framework's inflaters stop silently when bytes are
/// missing, and pass over those that follow their end. So what comes after the deflate stream (the trailer) is held
/// back, and the last byte before it is given alone and only when asked for: a whole stream asks for it and for
/// nothing more.
/// </summary>
internal sealed class InflaterFeed(WireReader wire, int trailerLength) : ReadOnlyStream
{
    private readonly byte[] _trailer = new byte[trailerLength];
    private bool _gaveLast;
    private bool _askedBeyond;

    /// <summary>What followed the stream, once <see cref="RequireEnd"/> has passed.</summary>
    public ReadOnlySpan<byte> Trailer => _trailer;

    /// <summary>True while bytes are awaited: what fails then is the connection, not the inflater.</summary>
    public bool IsAwaiting { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_gaveLast)
        {
            IsAwaiting = true;
            var result = await wire.ReadAsync();
            IsAwaiting = false;
            var waiting = result.Buffer;
            var ready = waiting.Length - trailerLength;
            if (ready > 1)
            {
                return Give(waiting, (int)Math.Min(buffer.Length, ready - 1), buffer.Span);
            }

            if (!result.IsCompleted)
            {
                wire.WaitForMore(waiting);
            }
            else if (ready == 1)
            {
                waiting.Slice(1).CopyTo(_trailer);
                _gaveLast = true;
                return Give(waiting, 1, buffer.Span);
            }
            else
            {
                wire.WaitForMore(waiting);
                break;
            }
        }

        _askedBeyond = true;
        return 0;
    }

    /// <summary>Judges the end, when the inflater has given nothing more.</summary>
    /// <exception cref="BodyException">Bytes are missing, or follow.</exception>
    public void RequireEnd(string coding)
    {
        if (_askedBeyond)
        {
            throw CodingFaults.CutOff();
        }

        if (!_gaveLast)
        {
            throw CodingFaults.MoreFollows(coding);
        }
    }

    private int Give(in ReadOnlySequence<byte> waiting, int count, Span<byte> buffer)
    {
        waiting.Slice(0, count).CopyTo(buffer);
        wire.Take(waiting, count);
        return count;
    }
}
