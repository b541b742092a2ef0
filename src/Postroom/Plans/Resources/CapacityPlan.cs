using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>A capacity of a resource.</summary>
/// <param name="Rule">How the store knows it.</param>
/// <param name="Pointers">The fields that are the key, as JSON Pointers.</param>
/// <param name="Max">How much there is; 0 where a record says it.</param>
/// <param name="Weight">The field that says what a record weighs, as a JSON Pointer; null for 1 each.</param>
internal sealed record CapacityPlan(CapacityRule Rule, IReadOnlyList<string> Pointers, long Max, string? Weight)
{
    /// <summary>The field that refers to the record which says how much there is; null for <see cref="Max"/>.</summary>
    public ReferenceRule? Of { get; init; }

    /// <summary>The JSON Pointer of the whole number in that record.</summary>
    public string? Field { get; init; }

    /// <summary>The column of <see cref="Field"/>; known once all plans are linked.</summary>
    public string Column { get; set; } = "";
}
