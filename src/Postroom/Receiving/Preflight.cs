using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Plans;

namespace Postroom.Receiving;

/// <summary>
/// OPTIONS: a CORS preflight (Fetch §3.2.2) is answered before rates and without a body, 204 either way, with
/// permission only for origins that may post; any other OPTIONS lists the methods (RFC 9110 §9.3.7).
/// </summary>
internal sealed class Preflight(CallerReader callers)
{
    public void Answer(HttpContext http, EndpointPlan plan, string methods)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.Allow = methods;
        if (methods.Contains("POST", StringComparison.Ordinal))
        {
            http.Response.Headers["Accept-Post"] = plan.Formats.AcceptPost;
        }

        if (methods.Contains("PATCH", StringComparison.Ordinal))
        {
            http.Response.Headers["Accept-Patch"] = MediaTypeNames.MergePatch;
        }

        http.Response.Headers.AcceptEncoding = CodingHeader.Taken;
        var request = http.Request;
        if (request.Headers.Origin.Count != 1 || !request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            return;
        }

        var origin = request.Headers.Origin.ToString();
        http.Response.Headers.Append("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        if (plan.Origins.Contains(origin) || DevelopmentOrigin.Passes(http, plan, callers.Read(http), origin))
        {
            CrossOrigin.AllowPreflight(http.Response.Headers, plan, origin, methods);
        }
    }
}
