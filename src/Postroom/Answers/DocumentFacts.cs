using System.Text.Json;

namespace Postroom.Answers;

/// <summary>
/// A document as a list of facts that people can read: names in words, lists as lists, nothing left out in silence.
/// There is no white space between its elements, because that of the values is shown.
/// </summary>
internal static class DocumentFacts
{
    private const int ValuesMaximum = 500;
    private const int CharactersMaximum = 20_000;

    /// <summary>
    /// The document as markup. Beyond 500 values or 20,000 characters of one, it says that there is more.
    /// </summary>
    /// <param name="document">UTF-8 JSON.</param>
    public static Html Of(ReadOnlyMemory<byte> document) => Html.From(html =>
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(document, JsonText.Options);
        }
        catch (JsonException)
        {
            html.Write($"<p class=\"soft\">The document is not JSON.</p>\n");
            return;
        }

        using (json)
        {
            var left = ValuesMaximum;
            WriteValue(html, json.RootElement, ref left);
            if (left < 0)
            {
                html.Write($"<p class=\"soft\">There is more: these are the first {ValuesMaximum} values.</p>\n");
            }
        }
    });

    private static void WriteValue(HtmlWriter html, JsonElement value, ref int left)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(html, value, ref left);
                break;
            case JsonValueKind.Array:
                WriteArray(html, value, ref left);
                break;
            default:
                left--;
                WriteScalar(html, value);
                break;
        }
    }

    private static void WriteObject(HtmlWriter html, JsonElement value, ref int left)
    {
        if (!value.EnumerateObject().MoveNext())
        {
            html.Write($"<span class=\"soft\">(no fields)</span>");
            return;
        }

        html.Write($"<dl class=\"facts\">");
        foreach (var member in value.EnumerateObject())
        {
            if (left < 0)
            {
                break;
            }

            var name = JsonText.Name(member);
            html.Write($"<div><dt title=\"{name}\">{FieldNames.Humanise(name)}</dt><dd dir=\"auto\">");
            WriteValue(html, member.Value, ref left);
            html.Write($"</dd></div>");
        }

        html.Write($"</dl>");
    }

    private static void WriteArray(HtmlWriter html, JsonElement value, ref int left)
    {
        if (value.GetArrayLength() == 0)
        {
            html.Write($"<span class=\"soft\">(none)</span>");
            return;
        }

        html.Write($"<ul>");
        foreach (var item in value.EnumerateArray())
        {
            if (left < 0)
            {
                break;
            }

            html.Write($"<li dir=\"auto\">");
            WriteValue(html, item, ref left);
            html.Write($"</li>");
        }

        html.Write($"</ul>");
    }

    private static void WriteScalar(HtmlWriter html, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                html.Write($"Yes");
                break;
            case JsonValueKind.False:
                html.Write($"No");
                break;
            case JsonValueKind.Null:
                html.Write($"<span class=\"soft\">(nothing)</span>");
                break;
            default:
                WriteText(html, JsonText.Scalar(value));
                break;
        }
    }

    private static void WriteText(HtmlWriter html, string text)
    {
        if (text.Length == 0)
        {
            html.Write($"<span class=\"soft\">(empty)</span>");
        }
        else if (text.Length > CharactersMaximum)
        {
            html.Write($"{text.AsSpan(0, CharactersMaximum)}… ");
            html.Write($"<span class=\"soft\">(of {text.Length} characters)</span>");
        }
        else
        {
            html.Write($"{text}");
        }
    }
}
