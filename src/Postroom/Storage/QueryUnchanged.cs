namespace Postroom.Storage;

/// <summary>
/// A query still gives what a handler saw when it decided. The digest is <see cref="QueryResult.Digest"/> of the rows
/// that the handler read.
/// </summary>
public sealed record QueryUnchanged(Statement Query, KeyHash Digest) : Guard;
