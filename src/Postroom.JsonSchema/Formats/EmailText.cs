using System.Buffers;

namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 5321 section 4.1.2, <c>Mailbox</c>, with the lengths of section 4.5.3.1.</summary>
internal static class EmailText
{
    private const int LocalPartBytesMax = 64;
    private const int DomainBytesMax = 255;

    private static readonly SearchValues<byte> AtomText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"u8);

    private static readonly SearchValues<byte> InternationalAtomText = SearchValues.Create(
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"u8,
            .. Enumerable.Range(0x80, 0x80).Select(unit => (byte)unit)]);

    public static bool IsMailbox(ReadOnlySpan<byte> text) => IsMailbox(text, international: false);

    /// <summary>RFC 6531 section 3.3: characters outside of ASCII too.</summary>
    public static bool IsInternationalMailbox(ReadOnlySpan<byte> text) => IsMailbox(text, international: true);

    private static bool IsMailbox(ReadOnlySpan<byte> text, bool international)
    {
        int at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= LocalPartBytesMax
            && IsLocalPart(text[..at], international)
            && IsDomain(text[(at + 1)..], international);
    }

    private static bool IsLocalPart(ReadOnlySpan<byte> text, bool international)
    {
        if (text[0] == (byte)'"')
        {
            return IsQuoted(text, international);
        }

        // Dot-string = Atom *("." Atom)
        while (true)
        {
            int end = text.IndexOfAnyExcept(international ? InternationalAtomText : AtomText);
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

    private static bool IsQuoted(ReadOnlySpan<byte> text, bool international)
    {
        if (text.Length < 2 || text[^1] != (byte)'"')
        {
            return false;
        }

        bool escaped = false;
        foreach (byte unit in text[1..^1])
        {
            bool isText = unit is >= (byte)' ' and <= (byte)'~' || (international && unit >= 0x80);
            if (!isText || (unit == (byte)'"' && !escaped))
            {
                return false;
            }

            escaped = unit == (byte)'\\' && !escaped;
        }

        return !escaped;
    }

    private static bool IsDomain(ReadOnlySpan<byte> text, bool international)
    {
        if (text.IsEmpty || text.Length > DomainBytesMax)
        {
            return false;
        }

        if (text[0] == (byte)'[')
        {
            return IsLiteral(text);
        }

        return international ? InternationalHost.IsHostname(text) : HostText.IsHostname(text);
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
