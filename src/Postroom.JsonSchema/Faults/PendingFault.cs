using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Faults;

/// <summary>A fault whose pointer and words are not known yet.</summary>
/// <param name="Offset">Where the value at fault begins in the document.</param>
/// <param name="Missing">The missing property below that value, or null.</param>
/// <param name="Node">The schema that refused.</param>
/// <param name="Keyword">Its keyword.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Text">What is said.</param>
internal readonly record struct PendingFault(
    int Offset, string? Missing, SchemaNode Node, string Keyword, string Code, FaultText Text)
{
    /// <summary>The schema whose words count: one that gave its value on to the one that refused, or that.</summary>
    public SchemaNode Speaker { get; init; } = Node;

    /// <summary>The fault is one of a property's name.</summary>
    public bool IsName { get; init; }

    public bool IsSameAs(in PendingFault other) =>
        Offset == other.Offset && ReferenceEquals(Node, other.Node)
        && Code == other.Code && Keyword == other.Keyword && Missing == other.Missing;
}
