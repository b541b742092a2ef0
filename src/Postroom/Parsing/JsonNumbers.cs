namespace Postroom.Parsing;

/// <summary>The grammar of a JSON number (RFC 8259 §6).</summary>
internal static class JsonNumbers
{
    /// <summary>
    /// True when the whole text is a JSON number: "18" and "-1.5e3" are, "007", "+5" and ".5" are not.
    /// </summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] == '-')
        {
            text = text[1..];
        }

        int whole = DigitsLength(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (!text.IsEmpty && text[0] == '.')
        {
            int fraction = DigitsLength(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(fraction + 1)..];
        }

        return text.IsEmpty || IsExponent(text);
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
        {
            text = text[1..];
        }

        return !text.IsEmpty && DigitsLength(text) == text.Length;
    }

    private static int DigitsLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }
}
