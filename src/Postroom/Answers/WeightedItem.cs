namespace Postroom.Answers;

/// <summary>One thing that a caller names with a weight, without its parameters.</summary>
internal readonly ref struct WeightedItem(ReadOnlySpan<char> value, double weight)
{
    public ReadOnlySpan<char> Value { get; } = value;

    /// <summary>From 0, not at all, to 1.</summary>
    public double Weight { get; } = weight;
}
