using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Server.Commands;

/// <summary>A POST that an endpoint takes, made from its schema, as a line to paste into a shell.</summary>
internal static class SamplePost
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string CurlLine(string home, EndpointDeclaration endpoint) =>
        $"curl {home}{endpoint.Path} -H 'Content-Type: application/json' -d '{Body(endpoint)}'";

    private static string Body(EndpointDeclaration endpoint)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            var schema = endpoint.Schema is { } text ? CompiledSchema.Compile(text.Span).Schema : null;
            if (schema is null || schema.Root.Properties.Count == 0)
            {
                json.WriteString("name", "Ada");
                json.WriteString("message", "Hello");
            }
            else
            {
                WriteProperties(json, schema.Root);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan).Replace("'", "", StringComparison.Ordinal);
    }

    private static void WriteProperties(Utf8JsonWriter json, SchemaView schema)
    {
        foreach (var property in schema.Properties.Where(property => property.Required))
        {
            json.WritePropertyName(property.Name);
            WriteValue(json, property.Name, property.Schema);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, SchemaView schema)
    {
        if (schema.EnumValues is [var first, ..])
        {
            json.WriteRawValue(first.Span);
        }
        else if (schema.Types.HasFlag(SchemaTypes.String))
        {
            json.WriteStringValue(schema.Format switch
            {
                "email" => "ada@example.com",
                "uri" => "https://example.com/",
                "date" => "2030-01-31",
                "date-time" => "2030-01-31T12:00:00Z",
                "uuid" => "0198f0a0-0000-7000-8000-000000000000",
                _ => name.Contains("name", StringComparison.OrdinalIgnoreCase) ? "Ada" : "Hello",
            });
        }
        else if (schema.Types.HasFlag(SchemaTypes.Integer) || schema.Types.HasFlag(SchemaTypes.Number))
        {
            json.WriteRawValue(schema.Minimum ?? "1");
        }
        else if (schema.Types.HasFlag(SchemaTypes.Boolean))
        {
            json.WriteBooleanValue(true);
        }
        else if (schema.Types.HasFlag(SchemaTypes.Object))
        {
            json.WriteStartObject();
            WriteProperties(json, schema);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
    }
}
