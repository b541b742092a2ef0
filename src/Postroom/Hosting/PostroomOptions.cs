using Postroom.Declarations;

namespace Postroom.Hosting;

/// <summary>How Postroom is set up in a host. Fixed once given.</summary>
public sealed record PostroomOptions
{
    /// <summary>
    /// The declaration file, or the folder that holds it. Null takes <c>postroom.yaml</c> in the content root where
    /// there is one.
    /// </summary>
    public string? File { get; init; }

    /// <summary>A declaration made in code; it takes the place of the file.</summary>
    public PostroomDeclaration? Declaration { get; init; }

    /// <summary>The data folder; it takes the place of what the declaration says.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// True when the host signs callers in, so that <c>access</c> may ask for more than <c>public</c>. True unless
    /// told; the server program says false.
    /// </summary>
    public bool HasIdentity { get; init; } = true;

    /// <summary>Follow changes of the declaration file without a restart. True unless told.</summary>
    public bool Reload { get; init; } = true;
}
