namespace Postroom.Declarations.Yaml;

/// <summary>A value of a YAML text together with its place.</summary>
/// <param name="Place">Where it begins; for an alias, where the alias stands.</param>
internal abstract record SourceNode(SourcePlace Place);
