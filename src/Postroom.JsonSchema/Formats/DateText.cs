namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3339 section 5.6.</summary>
internal static class DateText
{
    private const int DateLength = 10;
    private const int TimeLength = 8;

    /// <summary><c>full-date</c>.</summary>
    public static bool IsFullDate(ReadOnlySpan<byte> text)
    {
        if (text.Length != DateLength || text[4] != (byte)'-' || text[7] != (byte)'-')
        {
            return false;
        }

        int year = Digits(text[..4]), month = Digits(text.Slice(5, 2)), day = Digits(text.Slice(8, 2));
        return year >= 0 && month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month);
    }

    /// <summary><c>date-time</c>.</summary>
    public static bool IsDateTime(ReadOnlySpan<byte> text) =>
        text.Length > DateLength && (text[DateLength] | 0x20) == 't'
        && IsFullDate(text[..DateLength]) && IsFullTime(text[(DateLength + 1)..]);

    /// <summary><c>full-time</c>; section 5.7: second 60 only where UTC has its leap seconds, at 23:59.</summary>
    public static bool IsFullTime(ReadOnlySpan<byte> text)
    {
        if (text.Length <= TimeLength || text[2] != (byte)':' || text[5] != (byte)':')
        {
            return false;
        }

        int hour = Digits(text[..2]), minute = Digits(text.Slice(3, 2)), second = Digits(text.Slice(6, 2));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        const int MinutesOfDay = 24 * 60;
        return TryOffset(AfterFraction(text[TimeLength..]), out int offset)
            && (second < 60
                || (hour * 60 + minute - offset + MinutesOfDay) % MinutesOfDay == MinutesOfDay - 1);
    }

    /// <summary>Empty, which no offset is, when a point has no digit behind it.</summary>
    private static ReadOnlySpan<byte> AfterFraction(ReadOnlySpan<byte> text)
    {
        if (text[0] != (byte)'.')
        {
            return text;
        }

        int end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end <= 0 ? default : text[(1 + end)..];
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 0x20) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != (byte)':')
        {
            return false;
        }

        int hour = Digits(text.Slice(1, 2)), minute = Digits(text.Slice(4, 2));
        minutes = (hour * 60 + minute) * (text[0] == (byte)'-' ? -1 : 1);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>The number, or -1.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte digit in text)
        {
            if ((uint)(digit - '0') > 9)
            {
                return -1;
            }

            value = value * 10 + (digit - '0');
        }

        return value;
    }
}
