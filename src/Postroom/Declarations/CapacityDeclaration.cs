namespace Postroom.Declarations;

/// <summary>How much the records of one key may weigh together: places, seats, stock.</summary>
public sealed record CapacityDeclaration
{
    /// <summary>The JSON Pointers of the fields that are the key; none for all records together.</summary>
    public IReadOnlyList<string> Per { get; init; } = [];

    /// <summary>How much there is; null where <see cref="Of"/> leads to it.</summary>
    public long? Max { get; init; }

    /// <summary>
    /// The JSON Pointer of the field, with <c>x-ref</c>, that refers to the record which says how much there is. It is
    /// part of the key.
    /// </summary>
    public string? Of { get; init; }

    /// <summary>The JSON Pointer of the whole number in that record.</summary>
    public string? Field { get; init; }

    /// <summary>The JSON Pointer of the whole number that a record weighs; null for 1 each.</summary>
    public string? Weight { get; init; }
}
