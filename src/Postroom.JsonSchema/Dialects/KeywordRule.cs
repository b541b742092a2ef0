using Postroom.JsonSchema.Compiling;

namespace Postroom.JsonSchema.Dialects;

/// <summary>One keyword of a dialect.</summary>
/// <param name="Name">As a schema writes it.</param>
/// <param name="Read">Reads it into the node of its schema.</param>
/// <param name="Below">Where its value holds schemas.</param>
internal sealed record KeywordRule(string Name, KeywordReader Read, Below Below = Below.Nothing);
