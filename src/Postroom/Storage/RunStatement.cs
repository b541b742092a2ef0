namespace Postroom.Storage;

/// <summary>A statement of the user's over a table of his own, inside our commit.</summary>
public sealed record RunStatement(Statement Statement) : Write;
