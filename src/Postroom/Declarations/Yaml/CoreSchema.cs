using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Postroom.Declarations.Yaml;

/// <summary>What a plain scalar means: the core schema of YAML 1.2.2 (§10.3.2).</summary>
internal static class CoreSchema
{
    /// <summary>
    /// The longest number, in characters: more is a slip, and converting it would take quadratic time.
    /// </summary>
    private const int NumberLengthMax = 400;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The scalar; null for a number that JSON cannot say (infinity, not-a-number, or too long).</summary>
    public static SourceScalar? Resolve(string text, SourcePlace place)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new(place, ScalarKind.Null, "null");
            case "true" or "True" or "TRUE":
                return new(place, ScalarKind.Boolean, "true");
            case "false" or "False" or "FALSE":
                return new(place, ScalarKind.Boolean, "false");
            default:
                if (IsUnsayable(text))
                {
                    return null;
                }

                if (!IsNumber(text))
                {
                    return new(place, ScalarKind.String, text);
                }

                return text.Length > NumberLengthMax ? null : new(place, ScalarKind.Number, ToJson(text));
        }
    }

    private static bool IsUnsayable(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN";

    private static bool IsNumber(string text) => IsRadix(text) || IsDecimal(text);

    private static bool IsRadix(string text) =>
        text.Length > 2 && text[0] == '0'
        && ((text[1] == 'o' && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
            || (text[1] == 'x' && text.AsSpan(2).IndexOfAnyExcept(Hexadecimal) < 0));

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        if (text[0] is '+' or '-')
        {
            text = text[1..];
        }

        var whole = Digits(text);
        text = text[whole..];
        var fraction = 0;
        if (!text.IsEmpty && text[0] == '.')
        {
            fraction = Digits(text[1..]);
            text = text[(1 + fraction)..];
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        text = text[1..];
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        return !text.IsEmpty && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static string ToJson(string text)
    {
        if (IsRadix(text))
        {
            return Radix(text.AsSpan(2), text[1] == 'o' ? 8 : 16).ToString(CultureInfo.InvariantCulture);
        }

        var sign = text[0] == '-' ? "-" : "";
        var digits = text.TrimStart('+', '-');
        var whole = digits[..Digits(digits)];
        var rest = digits[whole.Length..];
        whole = whole.TrimStart('0');
        if (rest.StartsWith('.') && Digits(rest.AsSpan(1)) == 0)
        {
            rest = rest[1..];
        }

        return sign + (whole.Length == 0 ? "0" : whole) + rest;
    }

    private static BigInteger Radix(ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = (value * radix) + Convert.ToInt32(char.ToString(digit), 16);
        }

        return value;
    }
}
