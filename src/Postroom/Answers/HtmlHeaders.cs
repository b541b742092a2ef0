using System.Globalization;

namespace Postroom.Answers;

/// <summary>The header lines that go with every page we render.</summary>
internal static class HtmlHeaders
{
    /// <summary>The media type of our pages.</summary>
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>For most pages: no script runs, and nothing but our own stylesheet and pictures is loaded.</summary>
    public const string Policy = PolicyStart + PolicyEnd;

    /// <summary>For pages whose script of ours fetches from this server.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Scripted => ForForm(null, asksForProof: true);

    private const string PolicyStart =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'";

    private const string Proof = "; script-src 'self'; connect-src 'self'";

    private const string PolicyEnd = "; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// The header lines beside Content-Type. A page is private and of the moment: it is never kept by a cache.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } = With(Policy);

    /// <summary>
    /// The same for a form whose POST ends on a page of another origin: browsers hold redirects after a POST to
    /// <c>form-action</c> as well (CSP §6.4.1), so that origin must be in the list.
    /// </summary>
    /// <param name="redirect">
    /// An http or https address; its origin is let through. Anything else changes nothing.
    /// </param>
    /// <param name="asksForProof">Whether our script finds a proof of work, for which it fetches.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ForForm(string? redirect, bool asksForProof)
    {
        var leadsElsewhere = Uri.TryCreate(redirect, UriKind.Absolute, out var target)
            && (target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp);
        var origin = leadsElsewhere ? " " + Origin(target!) : "";
        return leadsElsewhere || asksForProof
            ? With(PolicyStart + origin + (asksForProof ? Proof : "") + PolicyEnd)
            : All;
    }

    // Without user information, which could hold a semicolon and so end the directive.
    private static string Origin(Uri target) => target.IsDefaultPort
        ? $"{target.Scheme}://{target.IdnHost}"
        : string.Create(CultureInfo.InvariantCulture, $"{target.Scheme}://{target.IdnHost}:{target.Port}");

    // Referrer-Policy is same-origin: under no-referrer browsers send "Origin: null" with the POST of our own form
    // (Fetch §3.1), which an origin check has to refuse; nothing is told to other origins under either.
    private static KeyValuePair<string, string>[] With(string policy) =>
    [
        new("Content-Security-Policy", policy),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "same-origin"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"),
        new("Cache-Control", "no-store"),
    ];
}
