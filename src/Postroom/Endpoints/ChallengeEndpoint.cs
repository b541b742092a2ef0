using Microsoft.AspNetCore.Http;
using Postroom.Answers;
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

    private static readonly Fault NotAllowed = new(FaultCatalogue.MethodNotAllowed, "A challenge is taken with GET.")
    {
        Headers = [new("Allow", "GET, HEAD")],
    };

    public async Task RunAsync(HttpContext http, EndpointPlan plan)
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            await FaultResponse.RefuseAsync(http, NotAllowed);
            return;
        }

        var caller = callers.Read(http);
        AllowOrigin(http, plan, caller);
        if (rates.JudgeChallenge(plan, caller) is { } fault)
        {
            await FaultResponse.RefuseAsync(http, fault);
            return;
        }

        var json = challenges.Make(plan, time.GetUtcNow().ToUnixTimeMilliseconds()).ToJson();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await DataResponse.WriteAnswerAsync(http.Response, json, AnswerFormat.Json);
    }

    private static void AllowOrigin(HttpContext http, EndpointPlan plan, Caller caller)
    {
        if (http.Request.Headers.Origin is [{ } origin]
            && (plan.Origins.Contains(origin) || DevelopmentOrigin.Passes(http, plan, caller, origin)))
        {
            CrossOrigin.Allow(http.Response.Headers, plan, origin);
        }
    }
}
