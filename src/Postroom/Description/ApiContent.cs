using System.Text.Json.Nodes;

namespace Postroom.Description;

/// <summary>A body in one of its media types.</summary>
/// <param name="MediaType">Without parameters.</param>
/// <param name="Schema">The schema, or a reference to one.</param>
internal sealed record ApiContent(string MediaType, JsonNode Schema)
{
    /// <summary>A body that fits the schema; null where none could be made.</summary>
    public JsonNode? Example { get; init; }

    /// <summary>How single fields are written; null where nothing needs to be said.</summary>
    public JsonObject? Encoding { get; init; }
}
