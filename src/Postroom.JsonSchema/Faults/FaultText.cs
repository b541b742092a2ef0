using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Faults;

/// <summary>What a fault says, before it is put into a language.</summary>
/// <param name="Key">The key of the sentence.</param>
internal readonly record struct FaultText(string Key)
{
    /// <summary>What the schema says, as text; else <see cref="Allowed"/> or <see cref="Choices"/> give it.</summary>
    public string? Limit { get; init; }

    public SchemaTypes Allowed { get; init; }

    public ValueSet? Choices { get; init; }

    /// <summary>What the document has, as text; with <see cref="Found"/> the value's own text.</summary>
    public string? Actual { get; init; }

    public SchemaTypes Found { get; init; }
}
