namespace Postroom.Storage;

/// <summary>
/// A single-use secret (a sign-in link, an ended session) was not consumed yet. Its write is <see cref="UseToken"/>.
/// </summary>
public sealed record TokenUnused(KeyHash Token) : Guard;
