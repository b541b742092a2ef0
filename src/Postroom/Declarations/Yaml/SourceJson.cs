using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postroom.Declarations.Yaml;

/// <summary>A tree as JSON, and JSON pointers back to places.</summary>
internal static class SourceJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 128,
    };

    /// <summary>The JSON of a value, as UTF-8.</summary>
    public static byte[] Write(SourceNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, node);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The place that a pointer (RFC 6901) names, or of the nearest value above it: of the key where
    /// <paramref name="key"/>, else of the value.
    /// </summary>
    public static SourcePlace Locate(SourceNode root, string pointer, bool key = false)
    {
        var place = root.Place;
        var node = root;
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (node is SourceMapping mapping && mapping.Find(name) is { } entry)
                (node, place) = (entry.Value, key ? entry.KeyPlace : entry.Value.Place);
            else if (node is SourceSequence sequence && int.TryParse(name, out var index)
                && index >= 0 && index < sequence.Items.Count)
                (node, place) = (sequence.Items[index], sequence.Items[index].Place);
            else
                break;
        }

        return place;
    }

    private static void Write(Utf8JsonWriter writer, SourceNode node)
    {
        switch (node)
        {
            case SourceMapping mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries.Values)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case SourceSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case SourceScalar { Kind: ScalarKind.String } scalar:
                writer.WriteStringValue(scalar.Text);
                break;
            case SourceScalar scalar:
                writer.WriteRawValue(scalar.Text);
                break;
        }
    }
}
