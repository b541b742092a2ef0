using System.Globalization;
using System.Text.Json;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Parsing.Formats;

namespace Postroom.Parsing;

/// <summary>Reads a list of forms: each item by the rules of one form, so that limits are those of one.</summary>
internal static class FormList
{
    /// <param name="json">A well-formed array.</param>
    /// <param name="rules">The rules of an item.</param>
    /// <param name="wrapsGroups">True for what came without types.</param>
    public static ParsedBody Read(ReadOnlyMemory<byte> json, FormRules rules, bool wrapsGroups)
    {
        using JsonOutput output = new(json.Length + 16);
        Utf8JsonReader reader = new(json.Span, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
        reader.Read();
        output.Byte((byte)'[');
        for (int position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            if (position == rules.Limits.Items)
            {
                return ParsedBody.Refused(FormatFaults.TooManyItems(rules.Limits.Items));
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return ParsedBody.Refused(ParsingFaults.ItemNotAnObject(position));
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            ParsedBody item = FormJson.Read(json[start..(int)reader.BytesConsumed], rules, wrapsGroups);
            if (item.Fault is { } fault)
            {
                return ParsedBody.Refused(At(position, fault));
            }

            output.Raw(position == 0 ? default : ","u8);
            output.Raw(item.Document.Span);
        }

        output.Byte((byte)']');
        return ParsedBody.Rewritten(output.ToArray(), null);
    }

    private static Fault At(int position, Fault fault) => fault with
    {
        Message = string.Create(CultureInfo.InvariantCulture, $"Item {position + 1}: {fault.Message}"),
        Errors = [.. fault.Errors.Select(error => error with { Pointer = $"/{position}{error.Pointer}" })],
    };
}
