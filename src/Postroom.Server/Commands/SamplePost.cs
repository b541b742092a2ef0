using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.JsonSchema;

namespace Postroom.Server.Commands;

/// <summary>A POST that an endpoint takes, made from its schema, as a line to paste into a shell.</summary>
internal static class SamplePost
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="home">The server's address.</param>
    /// <param name="endpoint">Where to post.</param>
    /// <param name="trusted">The file of a certificate that nobody else vouches for; null where none is needed.</param>
    public static string CurlLine(string home, EndpointDeclaration endpoint, string? trusted)
    {
        var schema = endpoint.Schema is { } text
            ? CompiledSchema.Compile(text.Span, endpoint.SchemaOptions).Schema
            : null;
        var body = Body(schema);
        var key = endpoint.Idempotency.Mode == IdempotencyMode.Required
            ? " -H 'Idempotency-Key: my-first-message-1'"
            : "";
        var quoted = Quote(Encoding.UTF8.GetString(body));
        var trust = trusted is null ? "" : $" --cacert {Quote(trusted)}";
        var line = $"curl{trust} {home}{endpoint.Path} -H 'Content-Type: application/json'{key} -d {quoted}";
        return schema?.Walk(body, new SchemaFaults()) is null or JsonVerdict.Valid
            ? line
            : line + "   # change the values: the schema asks for more";
    }

    private static byte[] Body(CompiledSchema? schema)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            if (schema is null || schema.Root.Properties.Count == 0)
            {
                json.WriteString("name", "Ada");
                json.WriteString("message", "Hello");
            }
            else
            {
                new SampleValue(json).WriteProperties(schema.Root);
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Between single quotes a shell takes everything as it is, but for a single quote.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
