namespace Postroom.Answers;

/// <summary>
/// Turns a pattern of a schema into one of a page. A schema's pattern may match anywhere in the value
/// (JSON Schema Validation §6.3.3), the attribute's must match all of it (HTML §4.10.5.3.6).
/// </summary>
internal static class FormPattern
{
    public static string? Of(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
        {
            return null;
        }

        var isWhole = pattern.Length > 2 && pattern[0] == '^' && pattern[^1] == '$' && pattern[^2] != '\\'
            && !pattern.Contains('|', StringComparison.Ordinal);
        return isWhole ? pattern[1..^1] : $"[\\s\\S]*(?:{pattern})[\\s\\S]*";
    }
}
