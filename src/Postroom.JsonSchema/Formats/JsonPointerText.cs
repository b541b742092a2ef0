namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 6901, and the relative pointers of draft-bhutton-relative-json-pointer.</summary>
internal static class JsonPointerText
{
    public static bool IsPointer(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] != (byte)'/')
        {
            return false;
        }

        for (int index = text.IndexOf((byte)'~'); index >= 0; index = Next(text, index))
        {
            if (index + 1 == text.Length || text[index + 1] is not ((byte)'0' or (byte)'1'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many levels up, without leading zeros; then a pointer, or "#" for the key.</summary>
    public static bool IsRelativePointer(ReadOnlySpan<byte> text)
    {
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        ReadOnlySpan<byte> rest = text[digits..];
        return digits > 0 && (digits == 1 || text[0] != (byte)'0') && (rest is [(byte)'#'] || IsPointer(rest));
    }

    private static int Next(ReadOnlySpan<byte> text, int index)
    {
        int next = text[(index + 1)..].IndexOf((byte)'~');
        return next < 0 ? -1 : index + 1 + next;
    }
}
