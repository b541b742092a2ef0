using System.Text;

namespace Postroom.JsonSchema.Formats;

/// <summary>
/// Host names with characters outside of ASCII (RFC 5890 to 5893). Letters of scripts that were added to Unicode after
/// the framework's tables are refused; joining is known for Arabic and Syriac.
/// </summary>
internal static class InternationalHost
{
    private const int LabelLengthMax = 63;
    private const int NameLengthMax = 253;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        Span<int> name = stackalloc int[NameLengthMax];
        int count = 0, ascii = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            text = text[length..];
            if (count == NameLengthMax)
            {
                return false;
            }

            // RFC 3490 section 3.1: these three separate labels as the full stop does.
            name[count++] = rune.Value is 0x3002 or 0xFF0E or 0xFF61 ? '.' : rune.Value;
        }

        name = name[..count];
        bool isBidirectional = HasRightToLeft(name);
        while (true)
        {
            int stop = name.IndexOf('.');
            int length = AsciiLength(stop < 0 ? name : name[..stop], isBidirectional);
            ascii += length + 1;
            if (length <= 0 || ascii > NameLengthMax + 1)
            {
                return false;
            }

            if (stop < 0)
            {
                return true;
            }

            name = name[(stop + 1)..];
        }
    }

    /// <summary>Whether a label that begins with <c>xn--</c> stands for an international one, in its one form.
    /// </summary>
    public static bool IsAsciiLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length > LabelLengthMax)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[LabelLengthMax];
        Ascii.ToLower(label[4..], lower, out int length);
        Span<int> points = stackalloc int[LabelLengthMax];
        int count = Punycode.Decode(lower[..length], points);
        if (count <= 0 || !points[..count].ContainsAnyExceptInRange(0, 0x7F) || !IsUnicodeLabel(points[..count]))
        {
            return false;
        }

        Span<byte> again = stackalloc byte[LabelLengthMax];
        int written = Punycode.Encode(points[..count], again);
        return written >= 0 && again[..written].SequenceEqual(lower[..length])
            && (!HasRightToLeft(points[..count]) || BidirectionalText.IsLabel(points[..count]));
    }

    /// <summary>How long the label is in ASCII; 0 when it is none.</summary>
    private static int AsciiLength(ReadOnlySpan<int> label, bool isBidirectional)
    {
        if (label.IsEmpty || label.Length > LabelLengthMax)
        {
            return 0;
        }

        if (!label.ContainsAnyExceptInRange(0, 0x7F))
        {
            Span<byte> ascii = stackalloc byte[label.Length];
            for (int index = 0; index < label.Length; index++)
            {
                ascii[index] = (byte)label[index];
            }

            bool isLabel = HostText.IsHostname(ascii) && (!isBidirectional || BidirectionalText.IsLabel(label));
            return isLabel ? label.Length : 0;
        }

        if (!IsUnicodeLabel(label) || (isBidirectional && !BidirectionalText.IsLabel(label)))
        {
            return 0;
        }

        Span<byte> encoded = stackalloc byte[LabelLengthMax - 4];
        return Punycode.Encode(label, encoded) + 4 is > 4 and int length ? length : 0;
    }

    /// <summary>RFC 5891 section 4.2.3.</summary>
    private static bool IsUnicodeLabel(ReadOnlySpan<int> label)
    {
        bool hasHyphens = label.Length >= 4 && label[2] == '-' && label[3] == '-';
        if (label[0] == '-' || label[^1] == '-' || hasHyphens || IdentifierCharacters.IsMark(label[0]))
        {
            return false;
        }

        for (int index = 0; index < label.Length; index++)
        {
            if (!IdentifierCharacters.IsValid(label[index]) && !ContextRules.Allow(label, index))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasRightToLeft(ReadOnlySpan<int> points)
    {
        foreach (int point in points)
        {
            if (BidirectionalText.IsRightToLeft(point))
            {
                return true;
            }
        }

        return false;
    }
}
