using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>Writes the text of a field as the type that the schema wants, where it reads as one.</summary>
internal static class FormTextWriter
{
    public static void Write(JsonOutput output, ReadOnlySpan<byte> text, FormShape shape)
    {
        if (shape.Takes(SchemaTypes.Number) && JsonNumbers.IsNumber(text))
        {
            output.Raw(text);
        }
        else if (shape.Takes(SchemaTypes.Boolean) && FormText.ReadBoolean(text) is { } isTrue)
        {
            output.Raw(isTrue ? "true"u8 : "false"u8);
        }
        else
        {
            output.String(text);
        }
    }
}
