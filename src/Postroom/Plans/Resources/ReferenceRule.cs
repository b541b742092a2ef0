using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>A field that holds the id of a record, as <c>x-ref</c> of the schema says.</summary>
/// <param name="Path">The names of the members that lead to it, from the outermost inwards.</param>
/// <param name="Pointer">The same as a JSON Pointer.</param>
/// <param name="Column">Where its value stands.</param>
/// <param name="To">The path of the resource that it refers to.</param>
/// <param name="Delete">What happens when that record is deleted.</param>
internal sealed record ReferenceRule(
    IReadOnlyList<string> Path, string Pointer, RecordColumn Column, string To, ReferenceDelete Delete)
{
    /// <summary>The resource that has the field; known once all plans are linked.</summary>
    public EndpointPlan From { get; set; } = null!;

    /// <summary>The resource that is referred to; known once all plans are linked.</summary>
    public EndpointPlan Target { get; set; } = null!;

    /// <summary>What <c>expand</c> calls it: its names, joined by dots.</summary>
    public string Name { get; } = string.Join('.', Path);
}
