using Microsoft.Extensions.Logging;
using Postroom.Exchange;
using Postroom.Faults;

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
            return request.Headers.Cookie.Count == 0 ? null : Refuse(exchange, "a cookie but no Origin");
        }

        if (DevelopmentOrigin.Passes(exchange.Http, exchange.Plan, exchange.Caller, origin))
        {
            exchange.Leniency = $"origin {origin} passes in development only";
            CrossOrigin.Allow(exchange.Http.Response.Headers, exchange.Plan, origin!);
            return null;
        }

        return Refuse(exchange, origin ?? site);
    }

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
