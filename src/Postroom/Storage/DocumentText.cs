namespace Postroom.Storage;

/// <summary>The search of <see cref="EntryQuery.Text"/>: one meaning for every engine.</summary>
internal static class DocumentText
{
    /// <summary>True when the document holds the text, both UTF-8, compared without regard to ASCII case.</summary>
    public static bool Holds(ReadOnlySpan<byte> document, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var lower = Lower(text[0]);
        var upper = Upper(text[0]);
        while (document.Length >= text.Length)
        {
            var at = document[..(document.Length - text.Length + 1)].IndexOfAny(lower, upper);
            if (at < 0)
            {
                return false;
            }

            if (EqualsIgnoringCase(document.Slice(at, text.Length), text))
            {
                return true;
            }

            document = document[(at + 1)..];
        }

        return false;
    }

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    private static byte Upper(byte value) => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value & ~0x20) : value;
}
