using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Where a browser may be sent: a path, or an address of a listed origin, so that no redirect is open.
/// </summary>
internal static class RedirectTarget
{
    /// <summary>What is wrong; null when the target is safe.</summary>
    /// <param name="text">The target as written.</param>
    /// <param name="origins">The origin of <c>url</c> and those listed, in normal form.</param>
    public static string? Fault(string text, IEnumerable<string> origins)
    {
        var shown = Excerpt.Of(text);
        if (text.Any(character => char.IsControl(character) || character is '\\' or ' '))
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
