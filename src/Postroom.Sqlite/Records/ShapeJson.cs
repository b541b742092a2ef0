using System.Text.Json.Serialization;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordTable))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ShapeJson : JsonSerializerContext;
