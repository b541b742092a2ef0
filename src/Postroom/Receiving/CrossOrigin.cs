using Microsoft.AspNetCore.Http;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// CORS (Fetch §3.2): one listed origin is named, never a star and never one that is not listed; credentials only
/// where the endpoint knows its callers.
/// </summary>
internal static class CrossOrigin
{
    private const string Exposed =
        "Location, Retry-After, Idempotency-Status, Idempotency-First-Seen, Idempotency-Expires, Postroom-Entry";

    private const string AllowedHeaders =
        "content-type, content-encoding, idempotency-key, idempotency-first-sent, authorization, prefer, accept";

    public static void Allow(IHeaderDictionary headers, EndpointPlan plan, string origin)
    {
        headers.AccessControlExposeHeaders = Exposed;
        headers.Append("Vary", "Origin");
        AllowOrigin(headers, plan, origin);
    }

    public static void AllowPreflight(IHeaderDictionary headers, EndpointPlan plan, string origin)
    {
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "7200";
        AllowOrigin(headers, plan, origin);
    }

    private static void AllowOrigin(IHeaderDictionary headers, EndpointPlan plan, string origin)
    {
        headers.AccessControlAllowOrigin = origin;
        if (!plan.Access.IsPublic)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }
}
