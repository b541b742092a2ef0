namespace Postroom.Declarations.Yaml;

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyPlace">Where the key begins.</param>
/// <param name="Value">The value.</param>
internal sealed record SourceEntry(string Key, SourcePlace KeyPlace, SourceNode Value);
