using System.Text;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Where a browser may be sent: a path, or an address of a listed origin, so that no redirect is open.
/// </summary>
internal static class RedirectTarget
{
    /// <summary>The target as it may stand in a header (ASCII, RFC 9110 §10.2.2), or null and what is wrong.</summary>
    /// <param name="text">The target as written.</param>
    /// <param name="origins">The origin of <c>url</c> and those listed, in normal form.</param>
    /// <param name="fault">What is wrong.</param>
    public static string? Parse(string text, IEnumerable<string> origins, out string? fault)
    {
        fault = Fault(text, origins);
        if (fault is not null)
        {
            return null;
        }

        if (Ascii.IsValid(text))
        {
            return text;
        }

        var address = text.StartsWith('/') ? new Uri("http://localhost" + text) : new Uri(text);
        var place = address.PathAndQuery + address.Fragment;
        return text.StartsWith('/') ? place : OriginText.Of(address) + place;
    }

    private static string? Fault(string text, IEnumerable<string> origins)
    {
        var shown = Excerpt.Of(text);
        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\'))
        {
            return $"`{shown}` holds a space, a backslash or a control character, which an address may not hold.";
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return $"`{shown}` leads to another host. Write a path such as `/thanks.html`, or the whole address.";
        }

        if (text.StartsWith('/'))
        {
            return null;
        }

        if (!WebAddress.TryParse(text, out var address) || address.UserInfo.Length > 0)
        {
            return $"`{shown}` is neither a path such as `/thanks.html` nor an http or https address.";
        }

        var origin = OriginText.Of(address);
        return origins.Contains(origin, StringComparer.Ordinal)
            ? null
            : $"`{shown}` leads to {origin}, which is neither `url` nor listed in `origins`. Add it to `origins`.";
    }
}
