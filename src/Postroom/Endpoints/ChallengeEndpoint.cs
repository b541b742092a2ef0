using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;

namespace Postroom.Endpoints;

/// <summary>
/// Gives browsers what they have to compute before they send a form, to the same pages that may post it.
/// </summary>
internal sealed class ChallengeEndpoint(
    ProofChallenges challenges, CallerReader callers, RateGate rates, TimeProvider time)
{
    /// <summary>Where a form's challenges are: this, followed by its path.</summary>
    public const string Route = "/_postroom/challenge";

    private const string Methods = "GET, HEAD";

    public async Task RunAsync(HttpContext http, EndpointPlan plan)
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            await RefuseAsync(http, new Fault(FaultCatalogue.MethodNotAllowed, "A challenge is taken with GET.")
            {
                Headers = [new("Allow", Methods)],
            });
            return;
        }

        var caller = callers.Read(http);
        AllowOrigin(http, plan, caller);
        if (rates.JudgeChallenge(plan, caller) is { } fault)
        {
            await RefuseAsync(http, fault);
            return;
        }

        var json = challenges.Make(plan, time.GetUtcNow().ToUnixTimeMilliseconds()).ToJson();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }

    private static void AllowOrigin(HttpContext http, EndpointPlan plan, Caller caller)
    {
        if (http.Request.Headers.Origin is [{ } origin]
            && (plan.Origins.Contains(origin) || DevelopmentOrigin.Passes(http, plan, caller, origin)))
        {
            CrossOrigin.Allow(http.Response.Headers, plan, origin);
        }
    }

    private static async Task RefuseAsync(HttpContext http, Fault fault)
    {
        FaultResponse.WriteHead(http.Response, fault);
        await FaultResponse.WriteProblemAsync(http.Response, fault);
    }
}
