namespace Postroom.Declarations;

/// <summary>Which records may not have ranges that overlap.</summary>
public sealed record OverlapDeclaration
{
    /// <summary>The JSON Pointers of the fields that are the key; none for all records together.</summary>
    public IReadOnlyList<string> Per { get; init; } = [];

    /// <summary>The JSON Pointer of the start: a date-time, a date or a whole number. It is within the range.</summary>
    public required string From { get; init; }

    /// <summary>The JSON Pointer of the end, of the same type. It is no more within the range.</summary>
    public required string To { get; init; }

    /// <summary>
    /// How much must lie between two ranges: of dates whole days, of numbers seconds as units. Nothing unless told.
    /// </summary>
    public TimeSpan Buffer { get; init; }
}
