using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postroom.Declarations.Yaml;

/// <summary>A tree as JSON, and the way from names back to places.</summary>
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
        {
            Write(writer, node);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The place that the names lead to, or of the nearest value above it: of the key where <paramref name="key"/>,
    /// else of the value.
    /// </summary>
    public static SourcePlace Locate(SourceNode root, IEnumerable<string> names, bool key = false)
    {
        var place = root.Place;
        var node = root;
        foreach (var name in names)
        {
            if (Child(node, name) is not { } child)
            {
                break;
            }

            place = key && node is SourceMapping mapping ? mapping.Find(name)!.KeyPlace : child.Place;
            node = child;
        }

        return place;
    }

    /// <summary>The value that the names lead to.</summary>
    public static SourceNode? Find(SourceNode root, IEnumerable<string> names)
    {
        SourceNode? node = root;
        foreach (var name in names)
        {
            node = node is null ? null : Child(node, name);
        }

        return node;
    }

    private static SourceNode? Child(SourceNode node, string name) => node switch
    {
        SourceMapping mapping => mapping.Find(name)?.Value,
        SourceSequence sequence when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < sequence.Items.Count => sequence.Items[index],
        _ => null,
    };

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
                {
                    Write(writer, item);
                }

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
