using System.Diagnostics.CodeAnalysis;

namespace Postroom.Declarations.Loading;

/// <summary>Absolute http and https addresses.</summary>
internal static class WebAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && text.StartsWith(address.Scheme + "://", StringComparison.OrdinalIgnoreCase)
        && IsPlain(text)
        && HasName(address);

    /// <summary>
    /// Some hosts are no names of other alphabets (RFC 5891 §4.2), which <see cref="Uri"/> tells only when asked.
    /// </summary>
    private static bool HasName(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// No white space, control characters or backslashes, which <see cref="Uri"/> would quietly mend.
    /// </summary>
    private static bool IsPlain(string text) =>
        text.All(character => !char.IsWhiteSpace(character) && !char.IsControl(character) && character != '\\');
}
