using System.Diagnostics.CodeAnalysis;

namespace Postroom.Declarations.Loading;

/// <summary>Absolute http and https addresses.</summary>
internal static class WebAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && text.StartsWith(address.Scheme + "://", StringComparison.OrdinalIgnoreCase)
        && address.Host.Length > 0
        && IsPlain(text);

    /// <summary>
    /// No white space, control characters or backslashes, which <see cref="Uri"/> would quietly mend.
    /// </summary>
    private static bool IsPlain(string text) =>
        text.All(character => !char.IsWhiteSpace(character) && !char.IsControl(character) && character != '\\');
}
