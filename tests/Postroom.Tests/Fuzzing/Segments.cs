using System.Buffers;

namespace Postroom.Tests.Fuzzing;

/// <summary>Cuts a body into the pieces in which it may come.</summary>
internal static class Segments
{
    /// <param name="body">The bytes.</param>
    /// <param name="length">Tells the length of the next piece, at least 1.</param>
    public static ReadOnlySequence<byte> Cut(byte[] body, Func<int> length)
    {
        var first = new Segment(body.AsMemory(0, Math.Min(length(), body.Length)), 0);
        var last = first;
        for (var start = first.Memory.Length; start < body.Length; start += last.Memory.Length)
        {
            last = last.Append(body.AsMemory(start, Math.Min(length(), body.Length - start)));
        }

        return new(first, 0, last, last.Memory.Length);
    }

    /// <summary>Pieces of a random length, short ones for half of the bodies.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] body, Random random)
    {
        var longest = random.Next(2) == 0 ? 8 : body.Length + 1;
        return Cut(body, () => random.Next(1, longest + 1));
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
