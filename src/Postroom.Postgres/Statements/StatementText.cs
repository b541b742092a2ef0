using System.Text;

namespace Postroom.Postgres.Statements;

/// <summary>
/// A statement of the user's with the placeholders <c>?1</c> … as the server wants them, <c>$1</c> …, outside of
/// strings, quoted names and comments.
/// </summary>
internal static class StatementText
{
    /// <summary>The text, and the highest placeholder in it.</summary>
    public static (string Text, int Placeholders) Translate(string text)
    {
        var result = new StringBuilder(text.Length);
        var highest = 0;
        for (var at = 0; at < text.Length;)
        {
            var skipped = Skip(text, at);
            if (skipped > at)
            {
                result.Append(text, at, skipped - at);
                at = skipped;
            }
            else if (text[at] == '?' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                var end = at + 1;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                if (int.TryParse(text.AsSpan(at + 1, end - at - 1), out var number))
                {
                    highest = Math.Max(highest, number);
                }

                result.Append('$').Append(text, at + 1, end - at - 1);
                at = end;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return (result.ToString(), highest);
    }

    /// <summary>Where a string, a quoted name or a comment that begins here ends; the same place for none.</summary>
    private static int Skip(string text, int at) => text[at] switch
    {
        '\'' or '"' => End(text, at + 1, text[at].ToString()),
        '-' when text.AsSpan(at).StartsWith("--") => End(text, at + 2, "\n"),
        '/' when text.AsSpan(at).StartsWith("/*") => End(text, at + 2, "*/"),
        _ => at,
    };

    private static int End(string text, int from, string mark)
    {
        var end = text.IndexOf(mark, from, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + mark.Length;
    }
}
