using System.Text.Json;

namespace Postroom.Tests.Resources.Changes;

/// <summary>An event as a browser's EventSource would give it to a page.</summary>
internal sealed record StreamEvent(string Id, string Name, string Data)
{
    public JsonElement Json => JsonDocument.Parse(Data).RootElement;

    public string Record => Json.GetProperty("id").GetString()!;

    public string Email => Json.GetProperty("record").GetProperty("email").GetString()!;
}
