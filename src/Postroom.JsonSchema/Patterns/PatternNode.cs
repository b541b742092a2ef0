namespace Postroom.JsonSchema.Patterns;

/// <summary>A pattern as its grammar has it.</summary>
internal abstract record PatternNode
{
    /// <summary>One character of a set.</summary>
    public sealed record Characters(CodePointSet Set) : PatternNode;

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Alternatives(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <summary>The body so often; without a most it may go on for ever.</summary>
    public sealed record Repeat(PatternNode Body, int Least, int? Most) : PatternNode;

    /// <summary>A condition on the place, not on a character.</summary>
    public sealed record Assertion(PlaceKind Kind) : PatternNode;
}
