using System.Text.Json.Serialization;

namespace Postroom.Server.Erasing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EraseReport))]
internal sealed partial class EraseJson : JsonSerializerContext;
