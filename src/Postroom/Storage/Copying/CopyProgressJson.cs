using System.Text.Json.Serialization;

namespace Postroom.Storage.Copying;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CopyProgress))]
internal sealed partial class CopyProgressJson : JsonSerializerContext;
