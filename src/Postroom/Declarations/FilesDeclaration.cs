namespace Postroom.Declarations;

/// <summary>What files an endpoint takes.</summary>
public sealed record FilesDeclaration
{
    /// <summary>
    /// The types that are taken: <c>image/*</c>, <c>application/pdf</c>, <c>.docx</c>. Empty for all except those that
    /// a browser or a system would execute; such a one is taken only when it is named here itself.
    /// </summary>
    public IReadOnlyList<string> Types { get; init; } = [];
}
