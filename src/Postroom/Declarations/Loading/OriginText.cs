using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Origins as browsers send them (RFC 6454 §6.2): <c>scheme://host[:port]</c>, lower case, no default port.
/// </summary>
internal static class OriginText
{
    /// <summary>The normal form, or null and what is wrong.</summary>
    public static string? Parse(string text, out string? fault)
    {
        fault = null;
        var shown = Excerpt.Of(text);
        if (text.Contains('*', StringComparison.Ordinal))
        {
            fault = $"`{shown}` has a wildcard. Origins are exact: list each one, such as `https://www.example.com`.";
        }
        else if (!WebAddress.TryParse(text, out var address))
        {
            fault = $"`{shown}` is not an origin. Write scheme, host and port only, such as `https://www.example.com`.";
        }
        else if (address.UserInfo.Length > 0)
        {
            fault = "An origin holds no user or password: write scheme, host and port only.";
        }
        else if (address.PathAndQuery != "/" || address.Fragment.Length > 0
            || text.EndsWith('/'))
        {
            fault = $"An origin has no path: write `{Of(address)}`.";
        }

        return fault is null && WebAddress.TryParse(text, out var parsed) ? Of(parsed) : null;
    }

    /// <summary>The origin of an address.</summary>
    public static string Of(Uri address) =>
        $"{address.Scheme}://{address.IdnHost.ToLowerInvariant()}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
}
