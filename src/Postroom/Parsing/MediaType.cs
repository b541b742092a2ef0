namespace Postroom.Parsing;

/// <summary>What a <c>Content-Type</c> says that matters for reading the body.</summary>
/// <param name="Format">The format of the body.</param>
/// <param name="Boundary">The boundary of a multipart body, as bytes without dashes; empty for other formats.</param>
internal readonly record struct MediaType(BodyFormat Format, ReadOnlyMemory<byte> Boundary);
