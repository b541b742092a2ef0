using static Postroom.Expressions.ExpressionTypeKind;

namespace Postroom.Expressions.Checking;

/// <summary>Which types the operators <c>+ - * / %</c> take.</summary>
internal static class Arithmetic
{
    /// <summary>The type of the result; null when there is none.</summary>
    public static ExpressionType? Result(char sign, ExpressionType left, ExpressionType right)
    {
        if (left.IsDyn || right.IsDyn)
        {
            return ExpressionType.Dyn;
        }

        return (left.Kind, sign, right.Kind) switch
        {
            (Int, _, Int) => ExpressionType.Int,
            (ExpressionTypeKind.Double, not '%', ExpressionTypeKind.Double) => ExpressionType.Double,
            (ExpressionTypeKind.String, '+', ExpressionTypeKind.String) => ExpressionType.String,
            (List, '+', List) => ExpressionType.ListOf(left.Element.Join(right.Element) ?? ExpressionType.Dyn),
            (Timestamp, '-', Timestamp) or (Duration, '+' or '-', Duration) => ExpressionType.Duration,
            (Timestamp, '+' or '-', Duration) or (Duration, '+', Timestamp) => ExpressionType.Timestamp,
            _ => null,
        };
    }

    public static string Refusal(string sign, ExpressionType left, ExpressionType right)
    {
        var hint = left.IsNumber && right.IsNumber && left.Kind != right.Kind
            ? " Write a whole number with a point, such as `2.0`, or `double(…)` around it."
            : sign == "+" && (left.Kind == ExpressionTypeKind.String || right.Kind == ExpressionTypeKind.String)
                ? " Write `string(…)` around what is no text."
                : "";
        return $"`{sign}` does not take {TypeWords.With(left)} and {TypeWords.With(right)}.{hint}";
    }
}
