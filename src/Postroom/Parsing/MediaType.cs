namespace Postroom.Parsing;

/// <summary>What a <c>Content-Type</c> says that matters for reading the body.</summary>
/// <param name="Format">How the body is read.</param>
/// <param name="Boundary">The boundary of a multipart body, as bytes without dashes; empty for other formats.</param>
/// <param name="Other">Who reads it, when the format is <see cref="BodyFormat.Other"/>.</param>
/// <param name="Charset">The charset in lower case, for a format of that kind; null for none.</param>
internal readonly record struct MediaType(
    BodyFormat Format, ReadOnlyMemory<byte> Boundary = default, IBodyFormat? Other = null, string? Charset = null);
