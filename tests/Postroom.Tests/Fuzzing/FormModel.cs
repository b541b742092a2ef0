using System.Text.Json.Nodes;

namespace Postroom.Tests.Fuzzing;

/// <summary>
/// What a form makes of a document of plain names where the schema says nothing, in the simplest words: texts are
/// trimmed, lines end with LF, and what is empty is absent.
/// </summary>
internal static class FormModel
{
    /// <summary>False for what makes a refusal, and for names that mean more than themselves.</summary>
    public static bool Covers(JsonNode? node, bool isTop = true) => node switch
    {
        JsonObject members => members.All(member =>
            member.Key.Length is > 0 and < 200 && !member.Key.AsSpan().ContainsAny("[]\r\0")
            && !(isTop && IsControl(member.Key)) && Covers(member.Value, isTop: false)),
        JsonArray elements => elements.All(element => Covers(element, isTop: false)),
        JsonValue value when value.TryGetValue(out string? text) => !text.Contains('\0', StringComparison.Ordinal),
        _ => true,
    };

    /// <summary>The document; null for what is absent, and for null.</summary>
    public static JsonNode? Clean(JsonNode? node, out bool isPresent)
    {
        isPresent = true;
        switch (node)
        {
            case JsonObject members:
                JsonObject kept = [];
                foreach ((string name, JsonNode? value) in members)
                {
                    JsonNode? cleaned = Clean(value, out bool stays);
                    if (stays)
                    {
                        kept.Add(name, cleaned);
                    }
                }

                isPresent = kept.Count > 0 || members.Count == 0;
                return kept;
            case JsonArray elements:
                JsonArray left = [];
                foreach (JsonNode? element in elements)
                {
                    JsonNode? cleaned = Clean(element, out bool stays);
                    if (stays)
                    {
                        left.Add(cleaned);
                    }
                }

                isPresent = left.Count > 0 || elements.Count == 0;
                return left;
            case JsonValue value when value.TryGetValue(out string? text):
                string trimmed = text.Trim().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
                isPresent = trimmed.Length > 0;
                return JsonValue.Create(trimmed);
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsControl(string name) =>
        name is "_gotcha" or "botcheck" or "access_key" || (name[0] == '_' && !name.StartsWith("__", StringComparison.Ordinal));
}
