namespace Postroom.Declarations.Yaml;

/// <summary>A string, number, boolean or null.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Kind">Its JSON type.</param>
/// <param name="Text">A string's characters; for the other kinds their JSON text.</param>
internal sealed record SourceScalar(SourcePlace Place, ScalarKind Kind, string Text) : SourceNode(Place);
