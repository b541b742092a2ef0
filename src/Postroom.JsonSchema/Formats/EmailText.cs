using System.Buffers;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 5321 section 4.1.2, <c>Mailbox</c>, with the lengths of section 4.5.3.1.</summary>
internal static class EmailText
{
    private const int LocalPartBytesMax = 64;
    private const int DomainBytesMax = 255;

    private static readonly SearchValues<byte> AtomText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsMailbox(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= LocalPartBytesMax
            && IsLocalPart(text[..at])
            && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocalPart(ReadOnlySpan<byte> text)
    {
        if (text[0] == (byte)'"')
        {
            return IsQuoted(text);
        }

        // Dot-string = Atom *("." Atom)
        while (true)
        {
            int end = text.IndexOfAnyExcept(AtomText);
            if (end < 0)
            {
                return !text.IsEmpty;
            }

            if (end == 0 || text[end] != (byte)'.')
            {
                return false;
            }

            text = text[(end + 1)..];
        }
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[^1] != (byte)'"')
        {
            return false;
        }

        bool escaped = false;
        foreach (byte unit in text[1..^1])
        {
            if (unit is < (byte)' ' or > (byte)'~' || (unit == (byte)'"' && !escaped))
            {
                return false;
            }

            escaped = unit == (byte)'\\' && !escaped;
        }

        return !escaped;
    }

    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > DomainBytesMax)
        {
            return false;
        }

        return text[0] == (byte)'[' ? IsLiteral(text) : HostText.IsHostname(text);
    }

    private static bool IsLiteral(ReadOnlySpan<byte> text)
    {
        if (text[^1] != (byte)']')
        {
            return false;
        }

        text = text[1..^1];
        return text.StartsWith("IPv6:"u8) ? AddressText.IsIPv6(text[5..]) : AddressText.IsIPv4(text);
    }
}
