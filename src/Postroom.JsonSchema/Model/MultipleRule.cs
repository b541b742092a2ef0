using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Model;

/// <summary><c>multipleOf</c>, exact for numbers of any size and in time linear in their text.</summary>
internal sealed class MultipleRule
{
    private readonly ulong _digits;
    private readonly long _scale;

    private MultipleRule(string text, ulong digits, long scale)
    {
        Text = text;
        _digits = digits;
        _scale = scale;
    }

    /// <summary>As the schema writes it.</summary>
    public string Text { get; }

    /// <summary>Null when the divisor is not above zero or has more than 18 significant digits.</summary>
    public static MultipleRule? TryCreate(ReadOnlySpan<byte> text)
    {
        DecimalText divisor = DecimalText.Parse(text);
        if (divisor.IsZero || divisor.IsNegative || divisor.DigitCount > 18)
        {
            return null;
        }

        ulong digits = 0;
        for (int index = 0; index < divisor.DigitCount; index++)
        {
            digits = digits * 10 + (ulong)divisor.Digit(index);
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

        if (value.Scale < _scale)
        {
            return false;
        }

        ulong remainder = 0;
        for (int index = 0; index < value.DigitCount; index++)
        {
            remainder = (remainder * 10 + (uint)value.Digit(index)) % _digits;
        }

        return (UInt128)remainder * PowerOfTen(value.Scale - _scale) % _digits == 0;
    }

    private UInt128 PowerOfTen(long exponent)
    {
        UInt128 result = 1 % _digits, factor = 10 % _digits;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? result * factor % _digits : result;
            factor = factor * factor % _digits;
        }

        return result;
    }
}
