using Microsoft.Extensions.Primitives;

namespace Postroom.Answers;

/// <summary>
/// Chooses the form of an answer by <c>Accept</c> (RFC 9110 §12.5.1): the most precise range that fits a form gives its
/// quality, and the best quality wins. Of equals, the one that is named more precisely; of those a page, then JSON.
/// A caller whom nothing suits gets JSON: a POST never ends with 406.
/// </summary>
internal static class Accept
{
    private const int Formats = 4;
    private const int Any = 0;
    private const int Group = 1;
    private const int Named = 2;

    public static AnswerFormat Choose(StringValues header)
    {
        if (header.Count == 0 || header is ["*/*"] or ["application/json"])
        {
            return AnswerFormat.Json;
        }

        Span<Wish> wishes = stackalloc Wish[Formats];
        wishes.Fill(new Wish(-1, 0));
        foreach (var line in header)
        {
            foreach (var range in new WeightedList(line))
            {
                Hear(wishes, range.Value, range.Weight);
            }
        }

        return Best(wishes);
    }

    private static AnswerFormat Best(ReadOnlySpan<Wish> wishes)
    {
        var best = AnswerFormat.Json;
        for (var index = 1; index < wishes.Length; index++)
        {
            var format = (AnswerFormat)index;
            if (wishes[index].Weight > 0 && IsBetter(wishes[index], wishes[(int)best], format))
            {
                best = format;
            }
        }

        return best;
    }

    // Whoever names HTML beside JSON or XML is a browser, or wants to be taken for one.
    private static bool IsBetter(Wish wish, Wish best, AnswerFormat format) =>
        (wish.Weight, wish.Precision, wish.Precision == Named && format == AnswerFormat.Page)
            .CompareTo((best.Weight, best.Precision, false)) > 0;

    private static void Hear(Span<Wish> wishes, ReadOnlySpan<char> range, double weight)
    {
        if (Is(range, "application/json") || Is(range, "application/problem+json"))
        {
            Wish(wishes, AnswerFormat.Json, Named, weight);
        }
        else if (Is(range, "text/html") || Is(range, "application/xhtml+xml"))
        {
            Wish(wishes, AnswerFormat.Page, Named, weight);
        }
        else if (Is(range, "application/xml") || Is(range, "application/problem+xml"))
        {
            Wish(wishes, AnswerFormat.Xml, Named, weight);
        }
        else if (Is(range, "text/xml"))
        {
            Wish(wishes, AnswerFormat.TextXml, Named, weight);
        }
        else if (Is(range, "application/*"))
        {
            Wish(wishes, AnswerFormat.Json, Group, weight);
            Wish(wishes, AnswerFormat.Xml, Group, weight);
        }
        else if (Is(range, "text/*"))
        {
            Wish(wishes, AnswerFormat.Page, Group, weight);
            Wish(wishes, AnswerFormat.TextXml, Group, weight);
        }
        else if (Is(range, "*/*") || Is(range, "*"))
        {
            for (var index = 0; index < wishes.Length; index++)
            {
                Wish(wishes, (AnswerFormat)index, Any, weight);
            }
        }
    }

    private static void Wish(Span<Wish> wishes, AnswerFormat format, int precision, double weight)
    {
        ref var wish = ref wishes[(int)format];
        if (precision > wish.Precision || (precision == wish.Precision && weight > wish.Weight))
        {
            wish = new Wish(precision, weight);
        }
    }

    private static bool Is(ReadOnlySpan<char> range, string type) =>
        range.Equals(type, StringComparison.OrdinalIgnoreCase);
}
