using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Postroom.Expressions.Values;

/// <summary>Moments as RFC 3339 and durations such as <c>1h30m</c>, both to the nanosecond.</summary>
internal static class TimeText
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    public const long SecondsMin = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    public const long SecondsMax = 253_402_300_799;

    private const int FractionDigitsMax = 9;

    /// <summary>A year to seconds: <c>2026-01-31T09:00:00</c>.</summary>
    private const int DateTimeLength = 19;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789."u8);

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    /// <summary>A moment of RFC 3339 section 5.6, or an error.</summary>
    public static ExpressionValue Moment(ReadOnlySpan<byte> text)
    {
        if (text.Length <= DateTimeLength || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't'
            || text[13] != ':' || text[16] != ':'
            || Digits(text[..4]) is not (>= 1 and var year) || Digits(text[5..7]) is not (>= 1 and <= 12 and var month)
            || Digits(text[8..10]) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month)
            || Digits(text[11..13]) is not (>= 0 and <= 23 and var hour)
            || Digits(text[14..16]) is not (>= 0 and <= 59 and var minute)
            || Digits(text[17..19]) is not (>= 0 and <= 59 and var second))
        {
            return ExpressionValue.Error(ExpressionError.NotConvertible);
        }

        var rest = text[DateTimeLength..];
        if (!TakeFraction(ref rest, out var nanoseconds) || OffsetSeconds(rest) is not { } offset)
        {
            return ExpressionValue.Error(ExpressionError.NotConvertible);
        }

        var local = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeSeconds();
        return Moment(local - offset, nanoseconds);
    }

    /// <summary>A moment within the years 1 to 9999, or an error.</summary>
    public static ExpressionValue Moment(long seconds, int nanoseconds) =>
        seconds is >= SecondsMin and <= SecondsMax
            ? ExpressionValue.Moment(seconds, nanoseconds)
            : ExpressionValue.Error(ExpressionError.OutOfRange);

    /// <summary>A duration such as <c>-1h30m</c> or <c>1.5s</c>, or an error.</summary>
    public static ExpressionValue Duration(ReadOnlySpan<byte> text)
    {
        var negative = text.StartsWith("-"u8);
        text = negative || text.StartsWith("+"u8) ? text[1..] : text;
        if (text.SequenceEqual("0"u8))
        {
            return ExpressionValue.Lasting(0);
        }

        Int128 sum = 0;
        if (text.IsEmpty || text.Length > 100)
        {
            return ExpressionValue.Error(ExpressionError.NotConvertible);
        }

        while (!text.IsEmpty)
        {
            if (!TakeAmount(ref text, out var amount))
            {
                return ExpressionValue.Error(ExpressionError.NotConvertible);
            }

            sum += amount;
        }

        sum = negative ? -sum : sum;
        return sum >= long.MinValue && sum <= long.MaxValue
            ? ExpressionValue.Lasting((long)sum)
            : ExpressionValue.Error(ExpressionError.OutOfRange);
    }

    /// <summary>A moment in UTC, with as many digits of a second as it needs.</summary>
    public static string Write(long seconds, int nanoseconds)
    {
        var text = DateTimeOffset.FromUnixTimeSeconds(seconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return text + Fraction(nanoseconds) + "Z";
    }

    /// <summary>A duration in seconds: <c>5400s</c>.</summary>
    public static string WriteDuration(long nanoseconds)
    {
        var (seconds, rest) = Int128.DivRem(nanoseconds, 1_000_000_000);
        var sign = nanoseconds < 0 ? "-" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{sign}{Int128.Abs(seconds)}{Fraction((int)Int128.Abs(rest))}s");
    }

    private static string Fraction(int nanoseconds) => nanoseconds == 0
        ? ""
        : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    /// <summary>One amount with its unit, such as <c>1.5h</c>, in nanoseconds.</summary>
    private static bool TakeAmount(ref ReadOnlySpan<byte> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var length = text.IndexOfAnyExcept(NumberBytes);
        if (length is <= 0 or > 38 || !decimal.TryParse(
            Encoding.ASCII.GetString(text[..length]), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var amount) || amount > 1e19m)
        {
            return false;
        }

        text = text[length..];
        var unitLength = text.IndexOfAny(NumberBytes);
        var unit = Encoding.UTF8.GetString(unitLength < 0 ? text : text[..unitLength]);
        text = unitLength < 0 ? default : text[unitLength..];
        foreach (var (name, size) in Units)
        {
            if (name == unit)
            {
                nanoseconds = amount > (decimal)long.MaxValue * 2 / size
                    ? (Int128)long.MaxValue * 2
                    : (Int128)(amount * size);
                return true;
            }
        }

        return false;
    }

    private static bool TakeFraction(ref ReadOnlySpan<byte> text, out int nanoseconds)
    {
        nanoseconds = 0;
        if (text[0] != '.')
        {
            return true;
        }

        var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end is <= 0 or > FractionDigitsMax)
        {
            return false;
        }

        nanoseconds = Digits(text.Slice(1, end));
        for (var digit = end; digit < FractionDigitsMax; digit++)
        {
            nanoseconds *= 10;
        }

        text = text[(end + 1)..];
        return true;
    }

    private static long? OffsetSeconds(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && (text[0] | 0x20) == 'z')
        {
            return 0;
        }

        return text.Length == 6 && text[0] is (byte)'+' or (byte)'-' && text[3] == ':'
            && Digits(text[1..3]) is >= 0 and <= 23 and var hours
            && Digits(text[4..6]) is >= 0 and <= 59 and var minutes
                ? (text[0] == '-' ? -1 : 1) * (hours * 3_600L + minutes * 60)
                : null;
    }

    private static int Digits(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && Utf8Parser.TryParse(text, out int number, out _)
            ? number
            : -1;
}
