using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// Cross-site request forgery, by Fetch Metadata with Origin as the fallback. A "simple" cross-origin POST runs
/// whatever CORS says, so this is judged before anything else of the request counts.
/// </summary>
internal static class OriginRule
{
    private const int ShownMax = 200;

    public static Fault? Judge(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        var origin = request.Headers.Origin.Count == 1 ? request.Headers.Origin[0] : null;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        exchange.PageOrigin = origin;
        if (request.Headers.Origin.Count > 1)
        {
            return Refuse("There is more than one `Origin`. Send one.");
        }

        if (origin is not null && exchange.Plan.Origins.Contains(origin))
        {
            CrossOrigin.Allow(exchange.Http.Response.Headers, exchange.Plan, origin);
            return null;
        }

        if (site is "same-origin" or "none")
        {
            return null;
        }

        if (site.Length == 0 && origin is null)
        {
            // Not a browser of our time, or no browser at all: nothing to forge unless a cookie speaks for somebody.
            return request.Headers.Cookie.Count == 0 ? null : Refuse(Describe(null));
        }

        if (DevelopmentOrigin.Passes(exchange.Http, exchange.Plan, exchange.Caller, origin))
        {
            exchange.Leniency = $"origin {origin} passes in development only";
            CrossOrigin.Allow(exchange.Http.Response.Headers, exchange.Plan, origin!);
            return null;
        }

        return Refuse(Describe(origin));
    }

    private static Fault Refuse(string message) =>
        new(FaultCatalogue.OriginRefused, message) { ClosesConnection = true };

    private static string Describe(string? origin) => origin switch
    {
        null or "" => "This request does not say which page it comes from, so it may not post here. "
            + "Programs leave out cookies and the headers that only browsers send.",
        "null" => "A page without an address of its own (a file, a sandboxed frame), or one that hides it "
            + "(`Referrer-Policy: no-referrer`), may not post here. "
            + "Serve it from an address that it shows, and add that to `origins:` in postroom.yaml.",
        _ => $"This page ({(origin.Length <= ShownMax ? origin : origin[..ShownMax])}) may not post here. "
            + "To allow it, add it to `origins:` in postroom.yaml.",
    };
}
