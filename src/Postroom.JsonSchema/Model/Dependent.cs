namespace Postroom.JsonSchema.Model;

/// <summary>What the presence of one property asks of the object that has it.</summary>
/// <param name="Name">The property.</param>
/// <param name="Keyword">Who asks: <c>dependentRequired</c>, <c>dependentSchemas</c> or <c>dependencies</c>.</param>
/// <param name="Needed">The properties that the object must have too.</param>
/// <param name="Schema">The schema that the object must fit too, or null.</param>
internal sealed record Dependent(string Name, string Keyword, IReadOnlyList<string> Needed, SchemaNode? Schema)
{
    /// <summary>The property's index in <see cref="ObjectRules.Names"/>.</summary>
    public int Index { get; init; }

    /// <summary>The indexes of <see cref="Needed"/>.</summary>
    public int[] NeededIndexes { get; init; } = [];
}
