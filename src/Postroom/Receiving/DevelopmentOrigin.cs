using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// Without <c>url:</c>, on a public endpoint and without a cookie: pages of this machine, files opened in a browser,
/// and pages of the address that was asked. A proxy listens on loopback too, so forwarded requests get nothing of
/// this.
/// </summary>
internal static class DevelopmentOrigin
{
    public static bool Passes(HttpContext http, EndpointPlan plan, Caller caller, string? origin)
    {
        if (!plan.IsDevelopment || plan.KnowsCallers || caller.IsForwarded || http.Request.Headers.Cookie.Count > 0
            || origin is null)
        {
            return false;
        }

        return origin == "null" || IsLoopback(origin)
            || string.Equals(
                origin, $"{http.Request.Scheme}://{http.Request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Only what a browser would send, character by character (RFC 6454 §6.2): it is repeated in a header of the
    /// answer.
    /// </summary>
    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IsLoopback
        && origin == $"{uri.Scheme}://{uri.Authority}";
}
