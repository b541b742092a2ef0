using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Receiving;
using Postroom.Responding;

namespace Postroom.Hosting;

/// <summary>
/// Stands before everything that the server answers, its static files too: ambiguous framing is as dangerous before a
/// page as before an endpoint, since what matters is the request that follows; and too large a head costs the same.
/// </summary>
internal sealed class FramingGate(KestrelLimits limits) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Pass);
        next(app);
    };

    private Task Pass(HttpContext http, RequestDelegate next)
    {
        if ((FramingRule.Judge(http.Request) ?? HeadRule.Judge(http, limits.InForce)) is { } fault)
        {
            return FaultResponse.RefuseAsync(http, fault);
        }

        // RFC 9110 §9.3.1: content in a GET has no meaning, and closing the connection is one answer to it.
        if (IsSafe(http.Request.Method))
        {
            UnreadBody.Close(http);
        }

        var answered = next(http);
        if (answered.IsCompletedSuccessfully && IsRefusedByRouting(http.Response))
        {
            UnreadBody.Close(http);
        }

        return answered;
    }

    /// <summary>What routing answers for itself, 404 and 405, is said after it has returned, and at once.</summary>
    private static bool IsRefusedByRouting(HttpResponse response) =>
        !response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest;

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
