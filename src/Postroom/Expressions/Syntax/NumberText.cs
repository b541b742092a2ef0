using System.Globalization;
using System.Text;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Syntax;

/// <summary>Numbers as an expression writes them.</summary>
internal static class NumberText
{
    /// <param name="token">The number without its sign.</param>
    /// <param name="minusAt">Where a minus stands before it; -1 for none.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static SyntaxNode Read(Token token, int minusAt, FirstFault faults)
    {
        var text = minusAt < 0 ? token.Text : "-" + token.Text;
        var position = minusAt < 0 ? token.Position : minusAt;
        if (token.Kind == TokenKind.Double)
        {
            return ReadDouble(text, position, faults);
        }

        var isHexadecimal = token.Text.AsSpan().StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!(isHexadecimal ? TryHexadecimal(token.Text, minusAt >= 0, out var whole)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)))
        {
            faults.Add(position, $"`{text}` is beyond 64 bits. Write it with a point, such as `1e20` or `5.0`.");
        }

        return new SyntaxNode.Literal(position, ExpressionValue.Of(whole), ExpressionType.Int);
    }

    private static bool TryHexadecimal(string text, bool isNegative, out long whole)
    {
        var read = UInt128.TryParse(
            text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digits);
        var value = isNegative ? -(Int128)digits : (Int128)digits;
        whole = read && value >= long.MinValue && value <= long.MaxValue ? (long)value : 0;
        return read && value == whole;
    }

    private static SyntaxNode.Literal ReadDouble(string text, int position, FirstFault faults)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
        {
            faults.Add(position, $"`{text}` is beyond the numbers that there are (1.8e308).");
        }

        // A document's number begins with a digit (RFC 8259 §6); `.5` is the expression's own way.
        var json = text.Replace("-.", "-0.", StringComparison.Ordinal);
        json = json.StartsWith('.') ? "0" + json : json;
        return new SyntaxNode.Literal(
            position, ExpressionValue.Of(value, Encoding.ASCII.GetBytes(json)), ExpressionType.Double);
    }
}
