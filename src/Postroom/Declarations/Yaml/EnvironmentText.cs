using System.Text;

namespace Postroom.Declarations.Yaml;

/// <summary>
/// Replaces <c>${NAME}</c> and <c>${NAME:-default}</c> by environment variables; <c>$${</c> stands for <c>${</c>.
/// As in a shell, the default counts when the variable is missing or empty.
/// </summary>
internal static class EnvironmentText
{
    /// <summary>The text with everything replaced, or null and the fault.</summary>
    public static string? Replace(string text, Func<string, string?> environment, out string? fault)
    {
        fault = null;
        var next = text.IndexOf("${", StringComparison.Ordinal);
        if (next < 0)
        {
            return text;
        }

        var replaced = new StringBuilder();
        var from = 0;
        for (; next >= 0; next = text.IndexOf("${", from, StringComparison.Ordinal))
        {
            if (next > from && text[next - 1] == '$')
            {
                replaced.Append(text, from, next - 1 - from).Append("${");
                from = next + 2;
                continue;
            }

            var end = text.IndexOf('}', next);
            var inner = end < 0 ? null : text[(next + 2)..end];
            var value = inner is null ? null : Lookup(inner, environment, out fault);
            fault ??= inner is null ? "`${` has no `}`. Write `$${` where `${` itself is meant." : null;
            if (fault is not null)
            {
                return null;
            }

            replaced.Append(text, from, next - from).Append(value);
            from = end + 1;
        }

        return replaced.Append(text, from, text.Length - from).ToString();
    }

    private static string? Lookup(string inner, Func<string, string?> environment, out string? fault)
    {
        fault = null;
        var separator = inner.IndexOf(":-", StringComparison.Ordinal);
        var name = separator < 0 ? inner : inner[..separator];
        if (!IsName(name))
        {
            fault = $"`${{{inner}}}` is not a variable: write `${{NAME}}` or `${{NAME:-default}}`, "
                + "or `$${` where `${` itself is meant.";
            return null;
        }

        var value = environment(name);
        if (separator >= 0)
        {
            return string.IsNullOrEmpty(value) ? inner[(separator + 2)..] : value;
        }

        if (value is null)
        {
            fault = $"The environment variable {name} is not set. Set it, or give a default: "
                + $"`${{{name}:-default}}`.";
        }

        return value;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
