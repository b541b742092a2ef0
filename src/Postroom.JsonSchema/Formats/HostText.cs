using System.Text;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 1123 section 2.1: labels of letters, digits and inner hyphens, 63 bytes at most; a label that begins
/// with <c>xn--</c> must stand for an international one (RFC 5890 section 2.3.2.1).</summary>
internal static class HostText
{
    private const int LabelBytesMax = 63;
    private const int NameBytesMax = 253;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        int label = 0;
        if (text.Length > NameBytesMax)
        {
            return false;
        }

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

        return label.Length < 4 || label[2] != (byte)'-' || label[3] != (byte)'-' || IsAsciiForm(label);
    }

    /// <summary>Two hyphens there are kept for <c>xn--</c> (RFC 5891 section 4.2.3.1).</summary>
    private static bool IsAsciiForm(ReadOnlySpan<byte> label) =>
        Ascii.EqualsIgnoreCase(label[..4], "xn--"u8) && InternationalHost.IsAsciiLabel(label);
}
