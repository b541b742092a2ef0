using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
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

    private const string ExposedOfRecords = Exposed + ", ETag, Last-Modified, Link, Allow, Preference-Applied";

    private const string AllowedHeaders =
        "content-type, content-encoding, idempotency-key, idempotency-first-sent, authorization, prefer, accept";

    private const string AllowedForRecords =
        AllowedHeaders + ", if-match, if-none-match, if-unmodified-since, last-event-id";

    public static void Allow(IHeaderDictionary headers, EndpointPlan plan, string origin)
    {
        headers.AccessControlExposeHeaders = plan switch
        {
            { Resource: not null } => ExposedOfRecords,
            { Upload: not null } => Exposed + UploadHeaders.Exposed,
            _ => Exposed,
        };
        headers.Append("Vary", "Origin");
        AllowOrigin(headers, plan, origin);
    }

    /// <summary>Lets pages of listed origins read the answer to a GET; others get it and may not look at it.</summary>
    public static void AllowReading(HttpContext http, EndpointPlan plan, Caller caller)
    {
        var origins = http.Request.Headers.Origin;
        if (origins.Count == 1 && origins[0] is { } origin
            && (plan.Origins.Contains(origin) || DevelopmentOrigin.Passes(http, plan, caller, origin)))
        {
            Allow(http.Response.Headers, plan, origin);
        }
        else
        {
            http.Response.Headers.Append("Vary", "Origin");
        }
    }

    /// <param name="headers">Those of the answer.</param>
    /// <param name="plan">The endpoint.</param>
    /// <param name="origin">One that may.</param>
    /// <param name="methods">What the address knows, as <c>Allow</c> lists it.</param>
    public static void AllowPreflight(IHeaderDictionary headers, EndpointPlan plan, string origin, string methods)
    {
        headers.AccessControlAllowMethods = plan is { Resource: null, Upload: null } ? "POST" : methods;
        headers.AccessControlAllowHeaders = plan switch
        {
            { Resource: not null } => AllowedForRecords,
            { Upload: not null } => AllowedHeaders + UploadHeaders.Allowed,
            _ => AllowedHeaders,
        };
        headers.AccessControlMaxAge = "7200";
        AllowOrigin(headers, plan, origin);
    }

    private static void AllowOrigin(IHeaderDictionary headers, EndpointPlan plan, string origin)
    {
        headers.AccessControlAllowOrigin = origin;
        if (plan.KnowsCallers)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }
}
