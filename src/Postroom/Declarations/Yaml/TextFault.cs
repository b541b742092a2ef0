namespace Postroom.Declarations.Yaml;

/// <summary>A fault of a text.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal sealed record TextFault(SourcePlace Place, string Message);
