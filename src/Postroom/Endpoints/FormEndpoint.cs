using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;

namespace Postroom.Endpoints;

/// <summary>What a form endpoint answers to everything but a POST: its page, a preflight, its methods.</summary>
internal sealed class FormEndpoint(FormPages pages, Preflight preflight, TimeProvider time)
{
    private const string Methods = "GET, HEAD, OPTIONS, POST";

    public async Task RunAsync(HttpContext http, EndpointPlan plan)
    {
        var method = http.Request.Method;
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            // Row 3: a key on a method that changes nothing is ignored, and said to be.
            http.Response.Headers["Idempotency-Status"] = "ignored";
        }

        if (HttpMethods.IsOptions(method))
        {
            preflight.Answer(http, plan, Methods);
            return;
        }

        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            && FormPages.CanShow(plan) && Negotiation.Choose(http) == AnswerFormat.Page)
        {
            if (pages.JudgeOpen(plan, time.GetUtcNow().ToUnixTimeMilliseconds()) is { } closed)
            {
                await FaultResponse.RefuseAsync(http, closed);
                return;
            }

            await FaultResponse.WritePageAsync(http.Response, pages.RenderEmpty(plan), plan);
            return;
        }

        await FaultResponse.RefuseAsync(http, NotAllowed(method, plan), plan);
    }

    private static Fault NotAllowed(string method, EndpointPlan plan) =>
        new(FaultCatalogue.MethodNotAllowed,
            HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
                ? $"{plan.Path} takes POST." + (FormPages.CanShow(plan) ? " Open it in a browser to see its form." : "")
                : $"{plan.Path} does not know {(method.Length <= 20 ? method : method[..20])}. Send POST.")
        {
            Headers = [new("Allow", Methods)],
        };
}
