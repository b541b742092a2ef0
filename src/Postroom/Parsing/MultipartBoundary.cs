namespace Postroom.Parsing;

/// <summary>
/// The line that parts a multipart body (RFC 2046 §5.1.1). Works on spans, buffered and streamed alike.
/// </summary>
internal static class MultipartBoundary
{
    /// <summary>Bytes of a boundary (RFC 2046 §5.1.1). The bound keeps the search for it linear.</summary>
    public const int LengthMax = 70;

    /// <summary>Bytes of the longest delimiter: CRLF, two dashes, boundary.</summary>
    public const int DelimiterMax = LengthMax + 4;

    /// <summary>Bytes of padding behind a boundary; the grammar has no bound, clients send none.</summary>
    private const int PaddingMax = 16;

    public static bool IsValid(ReadOnlySpan<byte> boundary) =>
        boundary.Length is > 0 and <= LengthMax
        && !boundary.ContainsAnyExcept(HttpCharacters.Boundary)
        && boundary[^1] != ' ';

    /// <summary>Writes what ends a part; without its first two bytes it is what begins the body.</summary>
    public static int WriteDelimiter(ReadOnlySpan<byte> boundary, Span<byte> delimiter)
    {
        "\r\n--"u8.CopyTo(delimiter);
        boundary.CopyTo(delimiter[4..]);
        return boundary.Length + 4;
    }

    /// <summary>Reads what follows a boundary, and how many bytes that takes.</summary>
    public static MultipartBoundaryEnd ReadEnd(ReadOnlySpan<byte> text, out int length)
    {
        bool isClosing = text.StartsWith("--"u8);
        ReadOnlySpan<byte> rest = isClosing ? text[2..] : text;
        int padding = HttpCharacters.WhiteSpaceLength(rest);
        rest = rest[Math.Min(padding, PaddingMax)..];
        length = text.Length - rest.Length;
        if (rest.StartsWith("\r\n"u8))
        {
            length += 2;
            return isClosing ? MultipartBoundaryEnd.Closing : MultipartBoundaryEnd.Part;
        }

        if (isClosing)
        {
            // RFC 2046 lets the body end here; a text behind it without a line's end is none.
            return rest.IsEmpty ? MultipartBoundaryEnd.Closing : MultipartBoundaryEnd.Malformed;
        }

        bool mayGoOn = rest.IsEmpty || rest.SequenceEqual("\r"u8) || text.SequenceEqual("-"u8);
        return mayGoOn ? MultipartBoundaryEnd.CutOff : MultipartBoundaryEnd.Malformed;
    }
}
