using System.Text.Json;

namespace Postroom.Answers;

/// <summary>A value of a schema, such as a default, as it stands in a box.</summary>
internal static class FieldText
{
    /// <summary>The text of a scalar; null for null, for arrays and for objects.</summary>
    /// <param name="json">Raw JSON text; null for none.</param>
    public static string? Of(ReadOnlyMemory<byte>? json)
    {
        if (json is not { Length: > 0 } text)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text, JsonText.Options);
        var value = document.RootElement;
        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null
            ? null
            : JsonText.Scalar(value);
    }
}
