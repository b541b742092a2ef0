using Postroom.JsonSchema.Patterns;

namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that speak of strings only. Lengths count code points.</summary>
internal sealed class StringRules
{
    public long LengthMin { get; set; }

    public long LengthMax { get; set; } = long.MaxValue;

    public LinearPattern? Pattern { get; set; }

    /// <summary>The pattern as the schema writes it.</summary>
    public string? PatternText { get; set; }

    /// <summary>The format that is asserted; null when there is none.</summary>
    public StringFormat? Format { get; set; }
}
