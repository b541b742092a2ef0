using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// Cross-site request forgery, by Fetch Metadata with Origin as the fallback. A "simple" cross-origin POST runs whatever
/// CORS says, so this is judged before anything else of the request counts.
/// </summary>
internal sealed partial class OriginRule(ILogger<OriginRule> logger)
{
    public Fault? Judge(PostExchange exchange)
    {
        var request = exchange.Http.Request;
        var origin = request.Headers.Origin.Count == 1 ? request.Headers.Origin[0] : null;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        exchange.PageOrigin = origin;
        if (request.Headers.Origin.Count > 1)
        {
            return Refuse(exchange, "several origins");
        }

        if (origin is not null && exchange.Plan.Origins.Contains(origin))
        {
            CrossOrigin.Allow(exchange, origin);
            return null;
        }

        if (site is "same-origin" or "none")
        {
            return null;
        }

        if (site.Length == 0 && origin is null)
        {
            // Not a browser of our time, or no browser at all: nothing to forge unless a cookie speaks for somebody.
            return request.Headers.Cookie.Count == 0 ? null : Refuse(exchange, "a cookie but no Origin");
        }

        if (IsLenient(exchange, request, origin))
        {
            exchange.Leniency = $"origin {origin ?? "none"} passes in development only";
            if (origin is not null)
            {
                CrossOrigin.Allow(exchange, origin);
            }

            return null;
        }

        return Refuse(exchange, origin ?? site);
    }

    /// <summary>
    /// Without <c>url:</c>, on a public endpoint and without a cookie: pages of this machine, files opened in a browser, and
    /// pages of the address that was asked. A proxy listens on loopback too, so forwarded requests get nothing of this.
    /// </summary>
    private static bool IsLenient(PostExchange exchange, HttpRequest request, string? origin)
    {
        if (!exchange.Plan.IsDevelopment || !exchange.Plan.Access.IsPublic || exchange.Caller.IsForwarded
            || request.Headers.Cookie.Count > 0 || origin is null)
        {
            return false;
        }

        return origin == "null" || IsLoopback(origin)
            || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IsLoopback;

    private Fault Refuse(PostExchange exchange, string page)
    {
        var shown = page.Length <= 200 ? page : page[..200];
        Log.Refused(logger, exchange.Plan.Path, shown);
        return new Fault(FaultCatalogue.OriginRefused,
            $"This page ({shown}) may not post here. To allow it, add it to `origins:` in postroom.yaml.")
        {
            ClosesConnection = true,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(102, LogLevel.Debug, "A POST to {Path} from the origin {Origin} was refused.")]
        public static partial void Refused(ILogger logger, string path, string origin);
    }
}
