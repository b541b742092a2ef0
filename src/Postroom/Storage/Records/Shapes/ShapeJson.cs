using System.Text.Json.Serialization;

namespace Postroom.Storage.Records.Shapes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordTable))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ShapeJson : JsonSerializerContext;
