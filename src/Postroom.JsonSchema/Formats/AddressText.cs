namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 2673 section 3.2 (dotted quad) and RFC 4291 section 2.2 (IPv6).</summary>
internal static class AddressText
{
    public static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        int parts = 0;
        while (parts < 4)
        {
            int end = text.IndexOf((byte)'.');
            if ((end < 0) != (parts == 3) || !IsOctet(end < 0 ? text : text[..end]))
            {
                return false;
            }

            parts++;
            text = end < 0 ? text : text[(end + 1)..];
        }

        return true;
    }

    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return CountGroups(text, true) == 8;
        }

        // "::" stands for one group of zeros or more and occurs once.
        ReadOnlySpan<byte> head = text[..gap], tail = text[(gap + 2)..];
        int before = head.IsEmpty ? 0 : CountGroups(head, false);
        int after = tail.IsEmpty ? 0 : CountGroups(tail, true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /// <summary>How many groups of 16 bits the text has, -1 when it is none. An IPv4 ending counts two.</summary>
    private static int CountGroups(ReadOnlySpan<byte> text, bool allowIPv4)
    {
        int groups = 0;
        while (true)
        {
            int end = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = end < 0 ? text : text[..end];
            if (end < 0 && allowIPv4 && group.Contains((byte)'.'))
            {
                return IsIPv4(group) ? groups + 2 : -1;
            }

            if (group.Length is < 1 or > 4 || !IsHex(group))
            {
                return -1;
            }

            groups++;
            if (end < 0)
            {
                return groups;
            }

            text = text[(end + 1)..];
        }
    }

    private static bool IsHex(ReadOnlySpan<byte> group)
    {
        foreach (byte unit in group)
        {
            if (!char.IsAsciiHexDigit((char)unit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>0 to 255 without a leading zero.</summary>
    private static bool IsOctet(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 1 or > 3 || (text[0] == (byte)'0' && text.Length > 1)
            || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        int value = 0;
        foreach (byte digit in text)
        {
            value = value * 10 + (digit - '0');
        }

        return value <= 255;
    }
}
