using Postroom.JsonSchema.Patterns;

namespace Postroom.JsonSchema.Model;

/// <summary>One entry of <c>patternProperties</c>.</summary>
internal sealed record PatternProperty(LinearPattern Pattern, string Text, SchemaNode Schema);
