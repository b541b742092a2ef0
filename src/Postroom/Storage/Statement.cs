namespace Postroom.Storage;

/// <summary>
/// One parameterised statement in the store's own dialect, over a table of the user's.
/// </summary>
/// <param name="Text">The statement with the placeholders <c>?1</c>, <c>?2</c> …</param>
/// <param name="Parameters">
/// Their values in order: null, string, long, int, bool (stored as 0 or 1), double, or byte[]. Another type is refused when
/// the statement is made.
/// </param>
public sealed record Statement(string Text, params IReadOnlyList<object?> Parameters);
