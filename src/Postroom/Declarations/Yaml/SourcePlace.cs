namespace Postroom.Declarations.Yaml;

/// <summary>A place in a text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct SourcePlace(int Line, int Column);
