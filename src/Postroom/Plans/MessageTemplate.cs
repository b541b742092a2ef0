using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Postroom.Plans;

/// <summary>
/// A message with <c>{{field}}</c> holes for top-level fields of the document, split once when the declaration is
/// compiled.
/// </summary>
internal sealed class MessageTemplate
{
    private readonly Part[] _parts;

    private MessageTemplate(Part[] parts)
    {
        _parts = parts;
        HasFields = parts.Any(part => part.Field is not null);
    }

    public bool HasFields { get; }

    /// <summary>The fields that the message names, in order.</summary>
    public IEnumerable<string> Fields => _parts.Where(part => part.Field is not null).Select(part => part.Name!);

    public static MessageTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var rest = text;
        while (rest.Length > 0)
        {
            var open = rest.IndexOf("{{", StringComparison.Ordinal);
            var close = open < 0 ? -1 : rest.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                parts.Add(Part.Text(rest));
                break;
            }

            if (open > 0)
            {
                parts.Add(Part.Text(rest[..open]));
            }

            parts.Add(Part.Hole(rest[(open + 2)..close].Trim()));
            rest = rest[(close + 2)..];
        }

        return new MessageTemplate([.. parts]);
    }

    /// <summary>
    /// Writes the message as the inside of a JSON string. Strings of the document are copied as they stand there,
    /// already escaped; numbers and booleans as their text; a missing field, an object or an array as nothing.
    /// </summary>
    public void WriteJson(IBufferWriter<byte> output, ReadOnlySpan<byte> document)
    {
        foreach (var part in _parts)
        {
            if (part.Field is null)
            {
                output.Write(part.Escaped);
            }
            else
            {
                output.Write(FindValue(document, part.Field));
            }
        }
    }

    private static ReadOnlySpan<byte> FindValue(ReadOnlySpan<byte> document, byte[] field)
    {
        var reader = new Utf8JsonReader(document, isFinalBlock: true, state: default);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return [];
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(field);
            reader.Read();
            if (found)
            {
                return reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True
                    or JsonTokenType.False ? reader.ValueSpan : [];
            }

            reader.Skip();
        }

        return [];
    }

    private readonly record struct Part(byte[] Escaped, byte[]? Field, string? Name)
    {
        public static Part Text(string text) =>
            new(JsonEncodedText.Encode(text).EncodedUtf8Bytes.ToArray(), null, null);

        public static Part Hole(string name) => new([], Encoding.UTF8.GetBytes(name), name);
    }
}
