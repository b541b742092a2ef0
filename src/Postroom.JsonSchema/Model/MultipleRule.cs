using System.Numerics;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Model;

/// <summary><c>multipleOf</c>, exact for numbers of any size and in time linear in their text.</summary>
internal sealed class MultipleRule
{
    private const int DigitsMax = 1000;

    /// <summary>Digits that fit a machine word, so that most divisors are reckoned without large numbers.</summary>
    private const int WordDigits = 18;

    private readonly ulong _word;
    private readonly BigInteger _digits;
    private readonly long _scale;

    private MultipleRule(string text, BigInteger digits, long scale)
    {
        Text = text;
        _digits = digits;
        _word = digits <= 999_999_999_999_999_999 ? (ulong)digits : 0;
        _scale = scale;
    }

    /// <summary>As the schema writes it.</summary>
    public string Text { get; }

    /// <summary>Null when the divisor is not above zero or has more than a thousand significant digits.</summary>
    public static MultipleRule? TryCreate(ReadOnlySpan<byte> text)
    {
        DecimalText divisor = DecimalText.Parse(text);
        if (divisor.IsZero || divisor.IsNegative || divisor.DigitCount > DigitsMax)
        {
            return null;
        }

        BigInteger digits = 0;
        for (int index = 0; index < divisor.DigitCount; index++)
        {
            digits = digits * 10 + divisor.Digit(index);
        }

        return new MultipleRule(System.Text.Encoding.ASCII.GetString(text), digits, divisor.Scale);
    }

    /// <summary>
    /// Value and divisor are v·10^s and d·10^t, v without trailing zero. With s below t the quotient v / (d·10^(t-s))
    /// would need a v that ten divides. Otherwise v·10^(s-t) is taken modulo d.
    /// </summary>
    public bool Divides(DecimalText value)
    {
        if (value.IsZero)
        {
            return true;
        }

        return value.Scale >= _scale && (_word > 0 ? DividesByWord(value) : DividesByLarge(value));
    }

    private bool DividesByWord(DecimalText value)
    {
        ulong remainder = 0;
        for (int index = 0; index < value.DigitCount; index++)
        {
            remainder = (remainder * 10 + (uint)value.Digit(index)) % _word;
        }

        return (UInt128)remainder * PowerOfTen(value.Scale - _scale) % _word == 0;
    }

    private bool DividesByLarge(DecimalText value)
    {
        BigInteger remainder = 0;
        for (int index = 0; index < value.DigitCount;)
        {
            ulong part = 0, weight = 1;
            for (int count = 0; count < WordDigits && index < value.DigitCount; count++, index++)
            {
                part = part * 10 + (uint)value.Digit(index);
                weight *= 10;
            }

            remainder = (remainder * weight + part) % _digits;
        }

        return (remainder * BigInteger.ModPow(10, value.Scale - _scale, _digits) % _digits).IsZero;
    }

    private UInt128 PowerOfTen(long exponent)
    {
        UInt128 result = 1 % _word, factor = 10 % _word;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? result * factor % _word : result;
            factor = factor * factor % _word;
        }

        return result;
    }
}
