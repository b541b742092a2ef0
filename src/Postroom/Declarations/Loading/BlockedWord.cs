using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>A word or phrase that is not wanted.</summary>
internal static class BlockedWord
{
    public const int LengthMax = 100;

    /// <summary>The word as it is looked for, or null and what is wrong.</summary>
    public static string? Parse(string text, out string? fault)
    {
        var word = text.Trim();
        fault = word.Length > LengthMax
            ? $"`{Excerpt.Of(word)}` has {word.Length} characters; a word has at most {LengthMax}."
            : !word.Any(char.IsLetterOrDigit)
                ? $"`{Excerpt.Of(word)}` holds no letter and no digit: it would be found nearly everywhere."
                : null;
        return fault is null ? word : null;
    }
}
