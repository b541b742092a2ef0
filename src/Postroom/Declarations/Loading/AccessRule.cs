using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Rules of access: <c>public</c>, <c>authenticated</c>, <c>role:x</c>, <c>scope:y</c>.</summary>
internal static class AccessRule
{
    public const string Public = "public";

    /// <summary>What is wrong; null for a rule that this version can carry out.</summary>
    public static string? Fault(string text, bool identityAvailable)
    {
        if (text == Public)
        {
            return null;
        }

        if (text == "owner" || text.StartsWith("ask:", StringComparison.Ordinal))
        {
            return Availability.Missing(
                $"The access rule `{Excerpt.Of(text)}`", "Use `public`, `authenticated`, `role:x` or `scope:y`.");
        }

        if (text != "authenticated" && !IsNamed(text, "role:") && !IsNamed(text, "scope:"))
        {
            return $"`{Excerpt.Of(text)}` is not a rule. Write `public`, `authenticated`, `role:x` or `scope:y`."
                + NearestName.Suggest(text, [Public, "authenticated"]);
        }

        return identityAvailable
            ? null
            : $"`{Excerpt.Of(text)}` needs to know callers, and this server has no identity. Use `public`, or the "
                + "library in an application with authentication.";
    }

    /// <summary>
    /// A name after the prefix: visible ASCII without quotes and backslashes (scope-token, RFC 6749 §3.3).
    /// </summary>
    private static bool IsNamed(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
        && text.Skip(prefix.Length).All(character => character is > ' ' and <= '~' and not ('"' or '\\'));
}
