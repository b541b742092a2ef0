namespace Postroom.Declarations;

/// <summary>What a declaration is read in.</summary>
public sealed record DeclarationContext
{
    /// <summary>Looks an environment variable up; null when it is not set. The process's own unless told.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Whether callers can be known, so that <c>authenticated</c>, <c>role:x</c> and <c>scope:y</c> have a meaning:
    /// true in a host with authentication of its own, false in the server program without identity.
    /// </summary>
    public bool IdentityAvailable { get; init; } = true;

    /// <summary>The names that <c>formats</c> may list: with those that a host has added.</summary>
    public IReadOnlyList<string> Formats { get; init; } = BodyFormatNames.All;
}
