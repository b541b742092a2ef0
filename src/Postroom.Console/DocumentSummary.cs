using System.Text;
using System.Text.Json;
using Postroom.Answers;

namespace Postroom.Inbox;

/// <summary>A document in one line, for lists: its first values.</summary>
internal static class DocumentSummary
{
    private const int ValuesMaximum = 5;
    private const int CharactersMaximum = 120;

    public static string Of(ReadOnlyMemory<byte> document)
    {
        var line = new StringBuilder();
        try
        {
            using var json = JsonDocument.Parse(document, JsonText.Options);
            var left = ValuesMaximum;
            Gather(line, json.RootElement, ref left);
        }
        catch (JsonException)
        {
            return "(not JSON)";
        }

        if (line.Length == 0)
        {
            return "(empty)";
        }

        return line.Length <= CharactersMaximum ? line.ToString() : Cut(line);
    }

    private static void Gather(StringBuilder line, JsonElement value, ref int left)
    {
        if (left <= 0 || line.Length > CharactersMaximum)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Gather(line, member.Value, ref left);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Gather(line, item, ref left);
            }
        }
        else if (value.ValueKind != JsonValueKind.Null && JsonText.Scalar(value).AsSpan().Trim() is { Length: > 0 } text)
        {
            left--;
            line.Append(line.Length == 0 ? "" : " · ").Append(text[..Math.Min(text.Length, CharactersMaximum)]);
        }
    }

    private static string Cut(StringBuilder line)
    {
        var end = char.IsHighSurrogate(line[CharactersMaximum - 1]) ? CharactersMaximum - 1 : CharactersMaximum;
        return line.ToString(0, end) + "…";
    }
}
