using System.Buffers;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>The paths that endpoints may have.</summary>
internal static class EndpointPath
{
    private const int LengthMax = 256;
    private const string BuiltIn = "/_postroom";

    /// <summary>
    /// What a segment may hold besides letters and digits (RFC 3986 §3.3), without those that need escapes.
    /// </summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("-._~!$&'()+,;=:@");

    /// <summary>The path without a slash at the end, or null and what is wrong.</summary>
    public static string? Parse(string text, out string? fault)
    {
        var shown = Excerpt.Of(text);
        fault = Fault(text, shown);
        return fault is null ? text.Length > 1 ? text.TrimEnd('/') : text : null;
    }

    private static string? Fault(string text, string shown)
    {
        if (!text.StartsWith('/'))
        {
            return $"A path begins with `/`: write `/{shown}`.";
        }

        if (text.StartsWith(BuiltIn, StringComparison.OrdinalIgnoreCase))
        {
            return $"`{BuiltIn}` belongs to Postroom itself. Choose another path.";
        }

        if (text.Length > LengthMax)
        {
            return $"The path is longer than {LengthMax} characters.";
        }

        foreach (var character in text)
        {
            if (character != '/' && !char.IsLetterOrDigit(character) && !Marks.Contains(character))
            {
                return $"The path `{shown}` holds `{Excerpt.Of(character.ToString())}`, which a path may not hold.";
            }
        }

        var segments = text.TrimEnd('/').Split('/').Skip(1);
        return text.EndsWith("//", StringComparison.Ordinal) || segments.Any(segment => segment is "" or "." or "..")
            ? $"The path `{shown}` has an empty or dotted segment."
            : null;
    }
}
