using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// CORS (Fetch §3.2): one listed origin is named, never a star and never one that is not listed; credentials only where the
/// endpoint knows its callers.
/// </summary>
internal static class CrossOrigin
{
    private const string Exposed =
        "Location, Retry-After, Idempotency-Status, Idempotency-First-Seen, Idempotency-Expires, Postroom-Entry";

    private const string AllowedHeaders =
        "content-type, idempotency-key, idempotency-first-sent, authorization, prefer, accept";

    public static void Allow(PostExchange exchange, string origin)
    {
        var headers = exchange.Http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = Exposed;
        headers.Append("Vary", "Origin");
        if (!exchange.Plan.Access.IsPublic)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }

    /// <summary>Answers a preflight, before rates and without a body: 204 either way, with permission only for listed origins.</summary>
    public static void AnswerPreflight(HttpContext http, EndpointPlan plan, bool lenient)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        if (!lenient && !plan.Origins.Contains(origin))
        {
            return;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "7200";
        if (!plan.Access.IsPublic)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }
}
