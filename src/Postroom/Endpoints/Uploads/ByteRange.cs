using Microsoft.Net.Http.Headers;

namespace Postroom.Endpoints.Uploads;

/// <summary>The part of a file that a request asks for (RFC 9110 §14).</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>
    /// §14.2: what is no valid range of bytes, or asks for several, is answered with the whole file, as it may be.
    /// Null where the range lies behind the end: 416.
    /// </summary>
    public static ByteRange? Of(string header, long size)
    {
        var whole = new ByteRange(0, size);
        if (header.Length == 0 || !RangeHeaderValue.TryParse(header, out var range) || range.Unit != "bytes"
            || range.Ranges.Count != 1)
        {
            return whole;
        }

        var asked = range.Ranges.First();
        if (asked.From is not { } from)
        {
            // §14.1.2: a suffix: the last so many bytes.
            var suffix = Math.Min(asked.To ?? 0, size);
            return suffix == 0 ? null : new ByteRange(size - suffix, suffix);
        }

        return from >= size ? null : new ByteRange(from, Math.Min(asked.To ?? long.MaxValue, size - 1) - from + 1);
    }
}
