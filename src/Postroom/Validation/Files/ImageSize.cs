using System.Buffers.Binary;

namespace Postroom.Validation.Files;

/// <summary>Reads how many pixels an image has from its first bytes, without decoding it.</summary>
internal static class ImageSize
{
    /// <summary>Bytes that are looked at: a JPEG may carry a preview before its own size.</summary>
    public const int HeadMax = 512 * 1024;

    /// <summary>Width times height; null where it cannot be read.</summary>
    public static long? PixelsOf(string mediaType, ReadOnlySpan<byte> head) => mediaType switch
    {
        "image/png" => Png(head),
        "image/gif" => Gif(head),
        "image/bmp" => Bmp(head),
        "image/jpeg" => Jpeg(head),
        "image/webp" => Webp(head),
        "image/heic" or "image/avif" => Heif(head),
        _ => null,
    };

    // PNG (ISO/IEC 15948) §11.2.2: IHDR comes first.
    private static long? Png(ReadOnlySpan<byte> head) => head.Length >= 24 && head[12..].StartsWith("IHDR"u8)
        ? (long)BinaryPrimitives.ReadUInt32BigEndian(head[16..]) * BinaryPrimitives.ReadUInt32BigEndian(head[20..])
        : null;

    // GIF89a §18: the logical screen.
    private static long? Gif(ReadOnlySpan<byte> head) => head.Length >= 10
        ? (long)BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) * BinaryPrimitives.ReadUInt16LittleEndian(head[8..])
        : null;

    private static long? Bmp(ReadOnlySpan<byte> head)
    {
        if (head.Length < 26)
        {
            return null;
        }

        // A negative height means that the rows come from the top.
        long width = BinaryPrimitives.ReadInt32LittleEndian(head[18..]);
        long height = BinaryPrimitives.ReadInt32LittleEndian(head[22..]);
        return Math.Abs(width) * Math.Abs(height);
    }

    // ITU-T T.81 B.2.2: a frame header (SOFn) holds height and width; what comes before has a length.
    private static long? Jpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (long)BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..])
                    * BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]);
            }

            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }

        return null;
    }

    // RFC 9649 §2.5–2.7.
    private static long? Webp(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return null;
        }

        if (head[12..].StartsWith("VP8X"u8))
        {
            return (long)(Bits24(head[24..]) + 1) * (Bits24(head[27..]) + 1);
        }

        if (head[12..].StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (long)((bits & 0x3FFF) + 1) * (((bits >> 14) & 0x3FFF) + 1);
        }

        return head[12..].StartsWith("VP8 "u8)
            ? (long)(BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF)
                * (BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF)
            : null;
    }

    // ISO/IEC 23008-12 §6.5.3: each image has its extent; that of the whole is the largest.
    private static long? Heif(ReadOnlySpan<byte> head)
    {
        long? largest = null;
        for (var at = head.IndexOf("ispe"u8); at >= 0 && at + 16 <= head.Length;)
        {
            var pixels = (long)BinaryPrimitives.ReadUInt32BigEndian(head[(at + 8)..])
                * BinaryPrimitives.ReadUInt32BigEndian(head[(at + 12)..]);
            largest = Math.Max(largest ?? 0, pixels);
            var next = head[(at + 4)..].IndexOf("ispe"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return largest;
    }

    private static int Bits24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
