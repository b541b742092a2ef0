using System.Text.Json;
using System.Text.Json.Serialization;

namespace Postroom.Crash.Host;

/// <summary>What is posted to a <see cref="WorkingNode"/>.</summary>
internal sealed record Note(string Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Note))]
internal sealed partial class NoteContext : JsonSerializerContext;
