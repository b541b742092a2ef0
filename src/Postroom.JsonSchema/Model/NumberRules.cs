namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that speak of numbers only, as the decimal text of the schema.</summary>
internal sealed class NumberRules
{
    public NumberBound? Minimum { get; set; }

    public NumberBound? ExclusiveMinimum { get; set; }

    public NumberBound? Maximum { get; set; }

    public NumberBound? ExclusiveMaximum { get; set; }

    public MultipleRule? MultipleOf { get; set; }

    /// <summary>The smallest and largest whole number that keep all bounds, when all bounds are whole and small:
    /// then most values are judged by two comparisons.</summary>
    public long WholeMin { get; private set; } = long.MinValue;

    public long WholeMax { get; private set; } = long.MaxValue;

    public bool WholeBoundsSuffice { get; private set; }

    public void Seal()
    {
        WholeBoundsSuffice = MultipleOf is null
            && IsWhole(Minimum) && IsWhole(ExclusiveMinimum) && IsWhole(Maximum) && IsWhole(ExclusiveMaximum);
        if (!WholeBoundsSuffice)
        {
            return;
        }

        WholeMin = Math.Max(Minimum?.Whole ?? long.MinValue, ExclusiveMinimum?.Whole + 1 ?? long.MinValue);
        WholeMax = Math.Min(Maximum?.Whole ?? long.MaxValue, ExclusiveMaximum?.Whole - 1 ?? long.MaxValue);
    }

    private static bool IsWhole(NumberBound? bound) => bound is null || bound.Whole is not null;
}
