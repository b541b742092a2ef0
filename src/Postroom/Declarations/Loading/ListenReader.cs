using System.Globalization;
using System.Net;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>listen</c>, or <c>PORT</c> in its place.</summary>
internal static class ListenReader
{
    public static IReadOnlyList<string> Read(LoadScope scope, SourceMapping root, bool development)
    {
        IEnumerable<SourceScalar> texts = root.Text("listen") is { } one ? [one] : root.Texts("listen");
        var addresses = new List<string>();
        foreach (var text in texts)
        {
            if (Fault(text.Text) is { } fault)
            {
                scope.Fault(text, fault);
            }
            else
            {
                addresses.Add(text.Text.TrimEnd('/'));
            }
        }

        if (addresses.Count > 0)
        {
            return [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        return root.Find("listen") is null ? FromPort(scope, root, development) : [];
    }

    /// <summary>
    /// Platforms that set PORT expect every address; on a developer's machine only this machine may connect.
    /// </summary>
    private static IReadOnlyList<string> FromPort(LoadScope scope, SourceMapping root, bool development)
    {
        var port = scope.Context.Environment("PORT");
        if (string.IsNullOrEmpty(port))
        {
            return new PostroomDeclaration().Listen;
        }

        if (IsPort(port))
        {
            return [$"http://{(development ? "localhost" : "*")}:{port}"];
        }

        scope.Fault(root, $"The environment variable PORT is not a port: `{Excerpt.Of(port)}`.");
        return [];
    }

    private static bool IsPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string? Fault(string text)
    {
        var shown = Excerpt.Of(text);
        var plain = text
            .Replace("://*", "://any", StringComparison.Ordinal)
            .Replace("://+", "://any", StringComparison.Ordinal);
        if (!WebAddress.TryParse(plain, out var address) || address.PathAndQuery != "/" || address.Fragment.Length > 0
            || address.UserInfo.Length > 0)
        {
            return $"`{shown}` is not an address to listen on. Write it as `http://localhost:3000` or `http://*:8080`.";
        }

        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return Availability.Missing($"Listening on https (`{shown}`)", "Use http behind a proxy that ends TLS.");
        }

        return address.Host is "any" or "localhost" || IPAddress.TryParse(address.Host, out _)
            ? null
            : $"`{shown}` names a host. Listen on `localhost`, on an IP address, or on `*` for all.";
    }
}
