using System.Text;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// The mark of a form that was written for Web3Forms: a field <c>access_key</c> that holds a UUID. Then their other
/// names, which have no underscore, speak to the server as well.
/// </summary>
internal static class AccessKey
{
    private const int LengthMax = 64;

    public static ReadOnlySpan<byte> Name => "access_key"u8;

    public static bool Marks(FormFields fields)
    {
        for (int index = 0; index < fields.Count; index++)
        {
            FormField field = fields[index];
            if (fields.Bytes.AsSpan(field.NameStart, field.NameLength).SequenceEqual(Name)
                && field.ValueLength <= LengthMax
                && IsUuid(Encoding.UTF8.GetString(fields.Bytes, field.ValueStart, field.ValueLength)))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="json">A well-formed object.</param>
    public static bool Marks(ReadOnlySpan<byte> json)
    {
        // A name that is written with escapes does not stand there as it is.
        if (json.IndexOf(Name) < 0 && !json.Contains((byte)'\\'))
        {
            return false;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKey = reader.ValueTextEquals(Name);
            reader.Read();
            if (isKey)
            {
                return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LengthMax
                    && IsUuid(reader.GetString()!);
            }

            reader.Skip();
        }

        return false;
    }

    private static bool IsUuid(string text) => Guid.TryParseExact(text.Trim(), "D", out _);
}
