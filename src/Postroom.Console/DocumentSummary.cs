using System.Text;
using System.Text.Json;
using Postroom.Answers;

namespace Postroom.Inbox;

/// <summary>A document in one line, for lists.</summary>
/// <param name="Lead">Who or what it is about: the name or e-mail address in it, else its first value.</param>
/// <param name="Gist">The first of its other values.</param>
internal sealed record DocumentSummary(string Lead, string Gist)
{
    private const int ValuesMaximum = 6;
    private const int LeadMaximum = 60;
    private const int GistMaximum = 160;

    private static readonly string[] s_leading = ["name", "given-name", "email"];

    public static DocumentSummary Of(ReadOnlyMemory<byte> document)
    {
        var values = new List<(string Name, string Text)>(ValuesMaximum);
        try
        {
            using var json = JsonDocument.Parse(document, JsonText.Options);
            Gather(values, "", json.RootElement);
        }
        catch (JsonException)
        {
            return new DocumentSummary("(not JSON)", "");
        }

        if (values.Count == 0)
        {
            return new DocumentSummary("(empty)", "");
        }

        var lead = LeadOf(values);
        var gist = string.Join(" · ", values.Where((_, index) => index != lead).Select(value => value.Text));
        return new DocumentSummary(Cut(values[lead].Text, LeadMaximum), Cut(gist, GistMaximum));
    }

    private static int LeadOf(List<(string Name, string Text)> values)
    {
        foreach (var token in s_leading)
        {
            var index = values.FindIndex(value => FieldNames.Autocomplete(value.Name) == token);
            if (index >= 0)
            {
                return index;
            }
        }

        return 0;
    }

    private static void Gather(List<(string Name, string Text)> values, string name, JsonElement value)
    {
        if (values.Count == ValuesMaximum)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Gather(values, JsonText.Name(member), member.Value);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Gather(values, "", item);
            }
        }
        else if (value.ValueKind != JsonValueKind.Null && OneLine(JsonText.Scalar(value)) is { Length: > 0 } text)
        {
            values.Add((name, text));
        }
    }

    // More than is ever shown need not be tidied.
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        var trimmed = text.AsSpan().Trim();
        foreach (var character in trimmed[..Math.Min(trimmed.Length, 2 * GistMaximum)])
        {
            var isSpace = char.IsWhiteSpace(character);
            if (!isSpace || line[^1] != ' ')
            {
                line.Append(isSpace ? ' ' : character);
            }
        }

        return line.ToString();
    }

    private static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        return text[..end] + "…";
    }
}
