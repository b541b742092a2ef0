using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postroom.Execution.Records;

/// <summary>
/// JSON Merge Patch (RFC 7396 §2): members of the patch take the place of those of the target, objects are merged,
/// null removes. Members keep the order of the target, new ones follow in the order of the patch.
/// </summary>
internal static class MergePatch
{
    private const int DepthMax = 1000;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DepthMax,
    };

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = DepthMax };

    /// <summary>Both are well-formed JSON without repeated names.</summary>
    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> target, ReadOnlyMemory<byte> patch)
    {
        using var before = JsonDocument.Parse(target, s_reading);
        using var change = JsonDocument.Parse(patch, s_reading);
        var output = new ArrayBufferWriter<byte>(target.Length + patch.Length);
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            Write(json, before.RootElement, change.RootElement);
        }

        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            patch.WriteTo(json);
            return;
        }

        var changes = patch.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        json.WriteStartObject();
        if (target is { ValueKind: JsonValueKind.Object } before)
        {
            foreach (var member in before.EnumerateObject())
            {
                if (!changes.Remove(member.Name, out var change))
                {
                    member.WriteTo(json);
                }
                else if (change.ValueKind != JsonValueKind.Null)
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, change);
                }
            }
        }

        // What is left names members that the target lacks.
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && changes.ContainsKey(member.Name))
            {
                json.WritePropertyName(member.Name);
                Write(json, null, member.Value);
            }
        }

        json.WriteEndObject();
    }
}
