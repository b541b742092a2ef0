using System.Text.Json.Serialization;

namespace Postroom.Sqlite.Erasing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EraseOrder))]
[JsonSerializable(typeof(EraseReceipt))]
[JsonSerializable(typeof(EraseProgress))]
internal sealed partial class OrderJson : JsonSerializerContext;
