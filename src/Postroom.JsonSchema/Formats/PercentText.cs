namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3986 section 2.1.</summary>
internal static class PercentText
{
    /// <summary>3 when the text begins with "%" and two hexadecimal digits, else 0.</summary>
    public static int Encoded(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && text[0] == (byte)'%'
        && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]) ? 3 : 0;
}
