using System.Text.Json.Serialization;

namespace Postroom.Tests.Hosts;

/// <summary>What tests post to handlers written in C#.</summary>
public sealed class Note
{
    public required string Text { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
public sealed partial class NoteJson : JsonSerializerContext;
