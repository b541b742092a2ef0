using System.Text.Json.Nodes;

namespace Postroom.Description;

/// <summary>What a request may say beside its body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place"><c>header</c>, <c>path</c> or <c>query</c>.</param>
/// <param name="Schema">What it may hold.</param>
/// <param name="Description">What it is for; Markdown.</param>
internal sealed record ApiParameter(string Name, string Place, JsonObject Schema, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>A value that it might have; null for none.</summary>
    public string? Example { get; init; }
}
