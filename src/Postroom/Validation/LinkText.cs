namespace Postroom.Validation;

/// <summary>Links in folded text: how many there are, and whether one is written as markup.</summary>
internal static class LinkText
{
    /// <summary>Counts <c>http://</c>, <c>https://</c>, and <c>www.</c> where it begins a word.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var rest = text; rest.IndexOf("://") is var at and >= 0; rest = rest[(at + 3)..])
        {
            count += rest[..at].EndsWith("HTTP") || rest[..at].EndsWith("HTTPS") ? 1 : 0;
        }

        for (int from = 0, at; (at = text[from..].IndexOf("WWW.")) >= 0; from += at + 4)
        {
            var before = text[..(from + at)];
            count += before.EndsWith("://") || (before.Length > 0 && char.IsLetterOrDigit(before[^1])) ? 0 : 1;
        }

        return count;
    }

    /// <summary>What kind of markup there is, in words; null for none.</summary>
    public static string? Markup(ReadOnlySpan<char> text) =>
        HoldsAnchor(text) ? "a link in HTML"
        : text.Contains("[URL]", StringComparison.Ordinal) || text.Contains("[URL=", StringComparison.Ordinal)
            || text.Contains("[LINK]", StringComparison.Ordinal) || text.Contains("[LINK=", StringComparison.Ordinal)
            ? "a link in BBCode"
            : null;

    // Each tag is looked through up to its end or the next one, so that none is looked through twice.
    private static bool HoldsAnchor(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOf("<A ")) >= 0;)
        {
            text = text[(at + 3)..];
            var end = text.IndexOfAny('<', '>');
            if ((end < 0 ? text : text[..end]).Contains("HREF", StringComparison.Ordinal))
            {
                return true;
            }

            text = end < 0 ? [] : text[end..];
        }

        return false;
    }
}
