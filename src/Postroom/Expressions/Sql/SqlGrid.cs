using Postroom.Expressions.Values;

namespace Postroom.Expressions.Sql;

/// <summary>A number's place among whole units: the last one that is not behind it.</summary>
/// <param name="Whole">That unit.</param>
/// <param name="IsWhole">The number is the unit itself.</param>
internal readonly record struct SqlGrid(Int128 Whole, bool IsWhole)
{
    public bool IsLong => Whole >= long.MinValue && Whole <= long.MaxValue;

    /// <summary>A number of any kind; null when it has no place, such as NaN, or is far beyond 64 bits.</summary>
    public static SqlGrid? Of(in ExpressionValue number)
    {
        if (number.Kind == ExpressionValueKind.Int)
        {
            return new SqlGrid(number.AsInt, IsWhole: true);
        }

        // A document's decimals may lie closer to a whole number than a double can tell.
        if (number.Kind != ExpressionValueKind.Double || Math.Abs(number.AsDouble) is not < 1e18)
        {
            return null;
        }

        var floor = Math.Floor(number.AsDouble);
        return new SqlGrid((Int128)floor, floor == number.AsDouble);
    }

    public static SqlGrid Of(Int128 nanoseconds, long unit)
    {
        var (whole, rest) = Int128.DivRem(nanoseconds, unit);
        return new SqlGrid(rest < 0 ? whole - 1 : whole, rest == 0);
    }
}
