namespace Postroom.JsonSchema.Text;

/// <summary>
/// A JSON number read exactly from its text, whatever its size: sign, significant digits, power of ten.
/// Its value is the significant digits as a whole number, times ten to <see cref="Scale"/>.
/// Exponents beyond ±10^18 count as ±10^18, so no text makes the arithmetic long.
/// </summary>
internal readonly ref struct DecimalText
{
    private const long ExponentMax = 1_000_000_000_000_000_000;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly int _first;

    private DecimalText(
        ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int first, int count, long scale, bool negative)
    {
        _whole = whole;
        _fraction = fraction;
        _first = first;
        DigitCount = count;
        Scale = scale;
        IsNegative = negative;
    }

    /// <summary>How many digits are significant; 0 for zero.</summary>
    public int DigitCount { get; }

    /// <summary>The power of ten of the last significant digit.</summary>
    public long Scale { get; }

    /// <summary>Below zero; -0 is not.</summary>
    public bool IsNegative { get; }

    public bool IsZero => DigitCount == 0;

    public bool IsWhole => IsZero || Scale >= 0;

    /// <summary>The power of ten just above the first significant digit.</summary>
    private long Magnitude => Scale + DigitCount;

    /// <summary>The text must be a number of RFC 8259 section 6.</summary>
    public static DecimalText Parse(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == (byte)'-';
        text = negative ? text[1..] : text;
        int mark = text.IndexOfAny((byte)'e', (byte)'E');
        long exponent = mark < 0 ? 0 : ParseExponent(text[(mark + 1)..]);
        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? mantissa : mantissa[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : mantissa[(point + 1)..];

        int first = whole.IndexOfAnyExcept((byte)'0');
        if (first < 0)
        {
            int zeros = fraction.IndexOfAnyExcept((byte)'0');
            if (zeros < 0)
            {
                return default;
            }

            first = whole.Length + zeros;
        }

        int last = fraction.LastIndexOfAnyExcept((byte)'0');
        last = last >= 0 ? whole.Length + last : whole.LastIndexOfAnyExcept((byte)'0');
        long scale = exponent + whole.Length - (last + 1);
        return new DecimalText(whole, fraction, first, last - first + 1, scale, negative);
    }

    /// <summary>A significant digit, 0 to 9, the most significant first.</summary>
    public int Digit(int index)
    {
        int at = _first + index;
        return (at < _whole.Length ? _whole[at] : _fraction[at - _whole.Length]) - '0';
    }

    /// <summary>Writes the significant digits, <see cref="DigitCount"/> of them, as they stand in the text.</summary>
    public void CopyDigits(Span<byte> target)
    {
        for (int index = 0; index < DigitCount; index++)
        {
            target[index] = (byte)Digit(index);
        }
    }

    public static int Compare(DecimalText left, DecimalText right)
    {
        int leftSign = left.IsZero ? 0 : left.IsNegative ? -1 : 1;
        int rightSign = right.IsZero ? 0 : right.IsNegative ? -1 : 1;
        if (leftSign != rightSign || leftSign == 0)
        {
            return leftSign.CompareTo(rightSign);
        }

        return leftSign * CompareMagnitudes(left, right);
    }

    /// <summary>The value as a whole number, when it is one of at most 18 digits.</summary>
    public bool TryWhole(out long whole)
    {
        whole = 0;
        if (IsZero)
        {
            return true;
        }

        if (Scale < 0 || Magnitude > 18)
        {
            return false;
        }

        for (int index = 0; index < DigitCount + (int)Scale; index++)
        {
            whole = whole * 10 + (index < DigitCount ? Digit(index) : 0);
        }

        whole = IsNegative ? -whole : whole;
        return true;
    }

    private static int CompareMagnitudes(DecimalText left, DecimalText right)
    {
        if (left.Magnitude != right.Magnitude)
        {
            return left.Magnitude.CompareTo(right.Magnitude);
        }

        int common = Math.Min(left.DigitCount, right.DigitCount);
        for (int index = 0; index < common; index++)
        {
            int order = left.Digit(index).CompareTo(right.Digit(index));
            if (order != 0)
            {
                return order;
            }
        }

        return left.DigitCount.CompareTo(right.DigitCount);
    }

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == (byte)'-';
        text = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        text = text.TrimStart((byte)'0');
        if (text.Length > 18)
        {
            return negative ? -ExponentMax : ExponentMax;
        }

        long exponent = 0;
        foreach (byte digit in text)
        {
            exponent = exponent * 10 + (digit - '0');
        }

        return negative ? -exponent : exponent;
    }
}
