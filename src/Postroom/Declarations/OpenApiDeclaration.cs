namespace Postroom.Declarations;

/// <summary>How the endpoints are described to others.</summary>
public sealed record OpenApiDeclaration
{
    /// <summary>
    /// Whether the description is served, as <c>/_postroom/openapi.json</c> and as the pages under
    /// <c>/_postroom/docs</c>; true unless told.
    /// </summary>
    public bool IsServed { get; init; } = true;

    /// <summary>What the API is called; null for the host of the public address.</summary>
    public string? Title { get; init; }

    /// <summary>The version of the API, in words of its owner; 1.0.0 unless told.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>What it is for, in Markdown; null for nothing.</summary>
    public string? Description { get; init; }
}
