namespace Postroom.Sqlite.Verifying;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Code">Its stable name, such as <c>file-missing</c>.</param>
/// <param name="Count">How often it was found.</param>
/// <param name="What">What it is.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Where">The first places where it was found, ten at most.</param>
internal sealed record Finding(string Code, long Count, string What, string Advice, IReadOnlyList<string> Where);
