namespace Postroom.JsonSchema.Model;

/// <summary><c>enum</c> and <c>const</c>: the values allowed, as raw JSON text.</summary>
internal sealed class ValueRules
{
    /// <summary>Null when the schema has no <c>enum</c>.</summary>
    public ValueSet? Enum { get; set; }

    /// <summary>Null when the schema has no <c>const</c>.</summary>
    public ValueSet? Const { get; set; }
}
