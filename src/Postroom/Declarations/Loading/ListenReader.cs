using System.Net;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>listen</c>: one address or a list.</summary>
internal static class ListenReader
{
    public static IReadOnlyList<string> Read(LoadScope scope, SourceMapping root, Uri? url)
    {
        if (root.Find("listen") is null)
        {
            return new PostroomDeclaration().Listen;
        }

        IEnumerable<SourceScalar> texts = root.Text("listen") is { } one ? [one] : root.Texts("listen");
        var addresses = new List<string>();
        foreach (var text in texts)
        {
            if ((Fault(text.Text) ?? NoCertificate(text.Text, root, url)) is { } fault)
            {
                scope.Fault(text, fault);
            }
            else
            {
                addresses.Add(text.Text.TrimEnd('/'));
            }
        }

        return [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string? Fault(string text)
    {
        var shown = Excerpt.Of(text);
        var plain = text.Replace("://*", "://any", StringComparison.Ordinal);
        if (!WebAddress.TryParse(plain, out var address) || address.PathAndQuery != "/" || address.Fragment.Length > 0
            || address.UserInfo.Length > 0)
        {
            return $"`{shown}` is not an address to listen on. Write it as `http://localhost:3000` or `http://*:8080`.";
        }

        var isAny = text.Contains("://*", StringComparison.Ordinal) && address.Host == "any";
        return isAny || address.Host == "localhost" || IPAddress.TryParse(address.Host, out _)
            ? null
            : $"`{shown}` names a host. Listen on `localhost`, on an IP address, or on `*` for all.";
    }

    /// <summary>
    /// In development the server signs a certificate itself; where others rely on it, that must be somebody's choice.
    /// </summary>
    private static string? NoCertificate(string text, SourceMapping root, Uri? url) =>
        url is not null && root.Find("tls") is null && text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            ? $"`{Excerpt.Of(text)}` needs a certificate. Add `tls: {{certificate: cert.pem, key: key.pem}}`, or "
                + "`tls: self-signed`."
            : null;
}
