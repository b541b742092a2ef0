using System.Text.Json;

namespace Postroom.Answers;

/// <summary>
/// Reads stored JSON for showing it: whatever was accepted must be shown, so nothing here throws on a value.
/// </summary>
internal static class JsonText
{
    /// <summary>Deeper than any limit that can be declared.</summary>
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 256 };

    /// <summary>True for text, a number, true, false or null.</summary>
    public static bool IsScalar(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    /// <summary>A scalar as text: a string without its quotes, the others as they are written.</summary>
    public static string Scalar(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value.GetRawText();
        }

        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair is allowed in JSON and stands for no text (RFC 8259 §8.2).
            return value.GetRawText();
        }
    }

    /// <summary>The name of a member.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
