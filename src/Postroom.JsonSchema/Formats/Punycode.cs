namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3492, with the parameters of its section 5.</summary>
internal static class Punycode
{
    private const int Base = 36, Least = 1, Most = 26, Skew = 38, Damp = 700, FirstBias = 72, FirstPoint = 0x80;

    /// <summary>Decodes what follows <c>xn--</c>, in lower case; gives the count of code points, or -1.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<int> points)
    {
        int hyphen = text.LastIndexOf((byte)'-');
        int count = Math.Max(hyphen, 0);
        if (count > points.Length)
        {
            return -1;
        }

        for (int index = 0; index < count; index++)
        {
            points[index] = text[index];
        }

        int point = FirstPoint, bias = FirstBias, at = 0;
        for (int position = hyphen + 1; position < text.Length;)
        {
            int before = at;
            if (!TryNumber(text, ref position, bias, ref at) || count == points.Length)
            {
                return -1;
            }

            count++;
            bias = Adapt(at - before, count, before == 0);
            point += at / count;
            at %= count;
            if (point is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            {
                return -1;
            }

            points[at..(count - 1)].CopyTo(points[(at + 1)..]);
            points[at++] = point;
        }

        return count;
    }

    /// <summary>How many bytes the code points take behind <c>xn--</c>, written to <paramref name="target"/>; -1 when
    /// they do not fit.</summary>
    public static int Encode(ReadOnlySpan<int> points, Span<byte> target)
    {
        int written = 0;
        foreach (int basic in points)
        {
            if (basic < FirstPoint && !TryWrite(target, ref written, (byte)basic))
            {
                return -1;
            }
        }

        int handled = written, bias = FirstBias, basics = written, point = FirstPoint;
        if (written > 0 && !TryWrite(target, ref written, (byte)'-'))
        {
            return -1;
        }

        for (int delta = 0; handled < points.Length; delta++, point++)
        {
            int next = Next(points, point);
            delta += (next - point) * (handled + 1);
            point = next;
            foreach (int each in points)
            {
                delta += each < point ? 1 : 0;
                if (each == point)
                {
                    if (!TryWriteNumber(target, ref written, delta, bias))
                    {
                        return -1;
                    }

                    bias = Adapt(delta, handled + 1, handled == basics);
                    delta = 0;
                    handled++;
                }
            }
        }

        return written;
    }

    private static int Next(ReadOnlySpan<int> points, int least)
    {
        int next = int.MaxValue;
        foreach (int point in points)
        {
            next = point >= least ? Math.Min(next, point) : next;
        }

        return next;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int position, int bias, ref int value)
    {
        long sum = value, weight = 1;
        for (int step = Base; ; step += Base)
        {
            int digit = position < text.Length ? Digit(text[position++]) : -1;
            sum += digit * weight;
            if (digit < 0 || sum > int.MaxValue)
            {
                return false;
            }

            int threshold = Math.Clamp(step - bias, Least, Most);
            if (digit < threshold)
            {
                value = (int)sum;
                return true;
            }

            weight = Math.Min(weight * (Base - threshold), int.MaxValue);
        }
    }

    private static bool TryWriteNumber(Span<byte> target, ref int written, int value, int bias)
    {
        for (int step = Base; ; step += Base)
        {
            int threshold = Math.Clamp(step - bias, Least, Most);
            if (value < threshold)
            {
                return TryWrite(target, ref written, Letter(value));
            }

            int digit = threshold + (value - threshold) % (Base - threshold);
            if (!TryWrite(target, ref written, Letter(digit)))
            {
                return false;
            }

            value = (value - threshold) / (Base - threshold);
        }
    }

    private static bool TryWrite(Span<byte> target, ref int written, byte unit)
    {
        if (written == target.Length)
        {
            return false;
        }

        target[written++] = unit;
        return true;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        int step = 0;
        for (; delta > (Base - Least) * Most / 2; step += Base)
        {
            delta /= Base - Least;
        }

        return step + (Base - Least + 1) * delta / (delta + Skew);
    }

    private static int Digit(byte letter) => letter switch
    {
        >= (byte)'a' and <= (byte)'z' => letter - 'a',
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 26,
        _ => -1,
    };

    private static byte Letter(int digit) => (byte)(digit < 26 ? 'a' + digit : '0' + digit - 26);
}
