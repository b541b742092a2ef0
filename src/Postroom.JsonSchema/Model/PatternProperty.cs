using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Model;

/// <summary>One entry of <c>patternProperties</c>.</summary>
internal sealed record PatternProperty(Regex Pattern, string Text, SchemaNode Schema);
