using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

/// <summary>A fault whose pointer is not known yet.</summary>
/// <param name="Offset">Where the value at fault begins in the document.</param>
/// <param name="Missing">The missing property below that value, or null.</param>
/// <param name="Node">The schema that refused.</param>
/// <param name="Keyword">Its keyword.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Message">The reason.</param>
internal readonly record struct PendingFault(
    int Offset, string? Missing, SchemaNode Node, string Keyword, string Code, string Message)
{
    public bool IsSameAs(in PendingFault other) =>
        Offset == other.Offset && ReferenceEquals(Node, other.Node)
        && Code == other.Code && Keyword == other.Keyword && Missing == other.Missing;
}
