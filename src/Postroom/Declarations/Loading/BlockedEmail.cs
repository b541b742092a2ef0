using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>An e-mail domain, or a whole address.</summary>
internal static class BlockedEmail
{
    private const int LengthMax = 320;

    /// <summary>The domain or address in lower case, or null and what is wrong.</summary>
    public static string? Parse(string text, out string? fault)
    {
        var entry = text.Trim().TrimStart('@').TrimEnd('.').ToLowerInvariant();
        var shown = Excerpt.Of(text);
        var domain = entry[(entry.IndexOf('@', StringComparison.Ordinal) + 1)..];
        fault = entry.Contains('*', StringComparison.Ordinal)
            ? $"`{shown}` has a wildcard. A domain counts with everything below it: write `spam.example`."
            : entry.Length > LengthMax || domain.Contains('@', StringComparison.Ordinal)
                || !domain.Contains('.', StringComparison.Ordinal) || entry.Any(IsForeign)
                ? $"`{shown}` is no e-mail domain and no address. Write `spam.example` or `somebody@spam.example`."
                : null;
        return fault is null ? entry : null;
    }

    private static bool IsForeign(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character)
        || character is '/' or ',' or ';' or '<' or '>' or ':';
}
