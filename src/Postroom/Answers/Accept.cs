using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Postroom.Answers;

/// <summary>
/// Chooses between a page and JSON by <c>Accept</c> (RFC 9110 §12.5.1). A page is chosen only where HTML is named and
/// is wanted at least as much as JSON; everything else, also what nobody can satisfy, gets JSON: a POST never ends with
/// 406.
/// </summary>
internal static class Accept
{
    public static bool PrefersPage(StringValues header)
    {
        if (header.Count == 0 || header is ["*/*"] or ["application/json"])
        {
            return false;
        }

        double page = -1, json = -1;
        foreach (var line in header)
        {
            foreach (var range in new StringTokenizer(line ?? "", [',']))
            {
                Judge(range.AsSpan(), ref page, ref json);
            }
        }

        return page > 0 && page >= json;
    }

    private static void Judge(ReadOnlySpan<char> range, ref double page, ref double json)
    {
        var end = range.IndexOf(';');
        var type = (end < 0 ? range : range[..end]).Trim();
        var quality = end < 0 ? 1 : Quality(range[end..]);
        if (type.Equals("text/html", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase))
        {
            page = Math.Max(page, quality);
        }
        else if (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/problem+json", StringComparison.OrdinalIgnoreCase))
        {
            json = Math.Max(json, quality);
        }
    }

    private static double Quality(ReadOnlySpan<char> parameters)
    {
        var at = parameters.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 1;
        }

        var text = parameters[(at + 2)..];
        var end = text.IndexOfAny(';', ' ');
        var number = end < 0 ? text : text[..end];
        return double.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            ? Math.Clamp(quality, 0, 1)
            : 0;
    }
}
