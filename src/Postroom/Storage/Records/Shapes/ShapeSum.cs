namespace Postroom.Storage.Records.Shapes;

/// <summary>The totals of a capacity: what the records of each key that count for good weigh together.</summary>
/// <param name="Number">Its number in the table.</param>
/// <param name="Per">The names of the key's columns in the database.</param>
/// <param name="Weight">The name of the weight's column there; null for 1 each.</param>
/// <param name="IsFilled">False while rows after the mark are not yet counted.</param>
internal sealed record ShapeSum(long Number, IReadOnlyList<string> Per, string? Weight, bool IsFilled)
{
    /// <summary>Where the key's columns stand.</summary>
    public int[] PerPositions { get; init; } = [];

    /// <summary>Where the weight's column stands; -1 for none.</summary>
    public int WeightPosition { get; init; } = -1;
}
