using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postroom.Execution.Records;

/// <summary>Changes one value inside a document.</summary>
internal static class MemberPath
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    /// <summary>The document with null in the place to which the names lead; as it is where there is none.</summary>
    public static ReadOnlyMemory<byte> SetNull(ReadOnlyMemory<byte> document, IReadOnlyList<string> path)
    {
        using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 1000 });
        var output = new ArrayBufferWriter<byte>(document.Length);
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            Write(writer, json.RootElement, path, 0);
        }

        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlyList<string> path, int depth)
    {
        if (depth == path.Count)
        {
            writer.WriteNullValue();
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name == path[depth])
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, path, depth + 1);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
