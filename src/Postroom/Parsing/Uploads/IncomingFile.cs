namespace Postroom.Parsing.Uploads;

/// <summary>What the headers of a part and the schema say of a file.</summary>
/// <param name="Pointer">The JSON Pointer of its field, as far as its name tells.</param>
/// <param name="Name">Its name, cleaned.</param>
/// <param name="Declared">The part's <c>Content-Type</c> without parameters; null for none.</param>
/// <param name="Bound">The type that the schema wants; null for any.</param>
internal readonly record struct IncomingFile(string Pointer, string Name, string? Declared, string? Bound);
