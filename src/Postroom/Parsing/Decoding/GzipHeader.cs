using System.Buffers;
using System.IO.Hashing;

namespace Postroom.Parsing.Decoding;

/// <summary>The header of a gzip member (RFC 1952 §2.3): checked and passed over.</summary>
internal static class GzipHeader
{
    public const int LengthMax = 4096;

    private const int FixedLength = 10;
    private const byte HasChecksum = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0b1110_0000;

    /// <exception cref="BodyException">It is no header, is cut off, or is too long.</exception>
    public static async ValueTask SkipAsync(WireReader wire)
    {
        while (true)
        {
            var result = await wire.ReadAsync();
            var start = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, LengthMax));
            if (Measure(start.IsSingleSegment ? start.FirstSpan : start.ToArray()) is { } length)
            {
                wire.Take(result.Buffer, length);
                return;
            }

            wire.WaitForMore(result.Buffer);
            if (result.IsCompleted || start.Length == LengthMax)
            {
                throw result.IsCompleted && start.Length < LengthMax
                    ? CodingFaults.CutOff()
                    : CodingFaults.HeaderTooLong(LengthMax);
            }
        }
    }

    /// <summary>How long the header is; null when it goes on behind these bytes.</summary>
    private static int? Measure(ReadOnlySpan<byte> bytes)
    {
        // A wrong first byte is told at once: whoever sends something else need not wait for the end.
        ReadOnlySpan<byte> magic = [0x1F, 0x8B, 8];
        var seen = bytes[..Math.Min(bytes.Length, magic.Length)];
        if (!magic.StartsWith(seen))
        {
            throw CodingFaults.Damaged("gzip");
        }

        if (bytes.Length < FixedLength)
        {
            return null;
        }

        var flags = bytes[3];
        if ((flags & Reserved) != 0)
        {
            throw CodingFaults.Damaged("gzip");
        }

        int? end = FixedLength;
        end = (flags & HasExtra) == 0 ? end : AfterExtra(bytes, end);
        end = (flags & HasName) == 0 ? end : AfterText(bytes, end);
        end = (flags & HasComment) == 0 ? end : AfterText(bytes, end);
        return (flags & HasChecksum) == 0 ? end : AfterChecksum(bytes, end);
    }

    private static int? AfterExtra(ReadOnlySpan<byte> bytes, int? from) =>
        from is { } start && start + 2 <= bytes.Length
        && start + 2 + bytes[start] + (bytes[start + 1] << 8) is var end && end <= bytes.Length
            ? end
            : null;

    private static int? AfterText(ReadOnlySpan<byte> bytes, int? from) =>
        from is { } start && bytes[start..].IndexOf((byte)0) is >= 0 and var length ? start + length + 1 : null;

    /// <summary>The lower half of the checksum of all before it.</summary>
    private static int? AfterChecksum(ReadOnlySpan<byte> bytes, int? from)
    {
        if (from is not { } start || start + 2 > bytes.Length)
        {
            return null;
        }

        return (ushort)Crc32.HashToUInt32(bytes[..start]) == (bytes[start] | (bytes[start + 1] << 8))
            ? start + 2
            : throw CodingFaults.Damaged("gzip");
    }
}
