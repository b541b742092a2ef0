using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Description;

/// <summary>A document that an endpoint takes, made from its schema.</summary>
internal static class SampleDocument
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>With everything in it, or with what is required; null when neither fits.</summary>
    public static byte[]? Of(CompiledSchema schema)
    {
        foreach (var requiredOnly in (bool[])[false, true])
        {
            var document = Write(schema.Root, requiredOnly);
            if (schema.Walk(document, new SchemaFaults()) == JsonVerdict.Valid)
            {
                return document;
            }
        }

        return null;
    }

    private static byte[] Write(SchemaView schema, bool requiredOnly)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            if (schema.Examples is null && schema.Properties.Count == 0 && (schema.Types & SchemaTypes.Object) != 0)
            {
                json.WriteStartObject();
                json.WriteString("name", "Ada");
                json.WriteString("message", "Hello");
                json.WriteEndObject();
            }
            else
            {
                new SampleValue(json, requiredOnly).WriteWhole(schema);
            }
        }

        return output.WrittenSpan.ToArray();
    }
}
