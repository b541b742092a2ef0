using System.Globalization;

namespace Postroom.Parsing;

/// <summary>Looks at the escapes of a JSON string (RFC 8259 §7) without decoding it.</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// True when the escapes hold what a form's text may not have: NUL, and where text is cleaned a CR, or white
    /// space at the very start or end. The text is what stands between the quotes.
    /// </summary>
    public static bool NeedCleaning(ReadOnlySpan<byte> text, bool cleansText)
    {
        bool atStart = true;
        while (true)
        {
            int plain = text.IndexOf((byte)'\\');
            if (plain < 0 || plain + 1 >= text.Length)
            {
                return false;
            }

            atStart &= plain == 0;
            (char code, int length) = Read(text[plain..]);
            text = text[Math.Min(plain + length, text.Length)..];
            bool atEnd = text.IsEmpty;
            if (code == '\0' || (cleansText && (code == '\r' || ((atStart || atEnd) && char.IsWhiteSpace(code)))))
            {
                return true;
            }

            atStart = false;
        }
    }

    /// <summary>
    /// Reads one escape: its UTF-16 unit, and how many bytes it takes. White space is never a surrogate.
    /// </summary>
    private static (char Code, int Length) Read(ReadOnlySpan<byte> escape)
    {
        switch (escape[1])
        {
            case (byte)'n':
                return ('\n', 2);
            case (byte)'r':
                return ('\r', 2);
            case (byte)'t':
                return ('\t', 2);
            case (byte)'f':
                return ('\f', 2);
            case (byte)'u' when escape.Length >= 6:
                // What is no hexadecimal number is refused by the walk; any character stands for it here.
                return ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, null, out ushort code)
                    ? ((char)code, 6)
                    : ('x', 6);
            default:
                return ('x', 2);
        }
    }
}
