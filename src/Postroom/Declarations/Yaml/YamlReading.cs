namespace Postroom.Declarations.Yaml;

/// <summary>What became of a YAML text.</summary>
/// <param name="Root">The document; null when the text cannot be read at all or holds nothing.</param>
/// <param name="Faults">Everything that is wrong with the text itself.</param>
internal sealed record YamlReading(SourceNode? Root, IReadOnlyList<TextFault> Faults);
