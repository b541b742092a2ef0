using System.Buffers.Binary;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>
/// The stretches of a growing file as they stand in <see cref="GrowingFile.State"/>: nothing for a file of one stretch,
/// else number and start of each.
/// </summary>
internal static class DiskSegments
{
    private const int Bytes = 2 * sizeof(long);

    public static List<DiskSegment> Read(ReadOnlyMemory<byte> state)
    {
        var segments = new List<DiskSegment>();
        for (var rest = state.Span; rest.Length >= Bytes; rest = rest[Bytes..])
        {
            segments.Add(new DiskSegment(
                BinaryPrimitives.ReadInt64LittleEndian(rest), BinaryPrimitives.ReadInt64LittleEndian(rest[8..])));
        }

        return segments.Count == 0 ? [default] : segments;
    }

    public static ReadOnlyMemory<byte> Write(List<DiskSegment> segments)
    {
        if (segments is [{ Number: 0 }])
        {
            return default;
        }

        var state = new byte[segments.Count * Bytes];
        for (var index = 0; index < segments.Count; index++)
        {
            var place = state.AsSpan(index * Bytes);
            BinaryPrimitives.WriteInt64LittleEndian(place, segments[index].Number);
            BinaryPrimitives.WriteInt64LittleEndian(place[8..], segments[index].Start);
        }

        return state;
    }

    /// <summary>With a further segment behind the durable bytes, in the place of one that holds none of them.</summary>
    public static GrowingFile TakeOver(GrowingFile file)
    {
        var segments = Read(file.State);
        var next = new DiskSegment(segments[^1].Number + 1, file.Size);
        if (segments.Count > 1 && segments[^1].Start == file.Size)
        {
            segments.RemoveAt(segments.Count - 1);
        }

        segments.Add(next);
        return file with { State = Write(segments) };
    }
}
