using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Postroom.Hosting;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class SchemaNodeContext : JsonSerializerContext;
