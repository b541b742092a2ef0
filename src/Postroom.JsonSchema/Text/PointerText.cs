namespace Postroom.JsonSchema.Text;

/// <summary>RFC 6901.</summary>
internal static class PointerText
{
    /// <summary>Section 3: "~" is written "~0" and "/" is written "~1".</summary>
    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Section 4: "~1" first, so that "~01" becomes "~1".</summary>
    public static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public static string Append(string pointer, string token) => pointer + "/" + Escape(token);
}
