namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 1123 section 2.1: labels of letters, digits and inner hyphens, 63 bytes at most.</summary>
internal static class HostText
{
    private const int LabelBytesMax = 63;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        int label = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || text[index] == (byte)'.')
            {
                if (!IsLabel(text[label..index]))
                {
                    return false;
                }

                label = index + 1;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty || label.Length > LabelBytesMax || label[0] == (byte)'-' || label[^1] == (byte)'-')
        {
            return false;
        }

        foreach (byte unit in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)unit) && unit != (byte)'-')
            {
                return false;
            }
        }

        return true;
    }
}
