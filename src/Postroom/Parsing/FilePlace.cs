namespace Postroom.Parsing;

/// <summary>Where the name of a file stands in a document.</summary>
/// <param name="Offset">The byte at which its text begins.</param>
/// <param name="File">The file's number.</param>
internal readonly record struct FilePlace(int Offset, int File);
