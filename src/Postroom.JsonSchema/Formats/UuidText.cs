namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 9562 section 4: 8-4-4-4-12 hexadecimal digits.</summary>
internal static class UuidText
{
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int index = 0; index < text.Length; index++)
        {
            char unit = (char)text[index];
            bool fits = index is 8 or 13 or 18 or 23 ? unit == '-' : char.IsAsciiHexDigit(unit);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
