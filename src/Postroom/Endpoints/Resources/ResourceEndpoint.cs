using Microsoft.AspNetCore.Http;
using Postroom.Endpoints.Resources.Changes;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Resources;

/// <summary>What a resource answers to everything that changes nothing: records, lists, its methods.</summary>
internal sealed class ResourceEndpoint(
    RecordReading reading, RecordListing listing, ChangeStream changes, CallerReader callers, Preflight preflight)
{
    /// <summary>The name of the part of the address that holds a record's id.</summary>
    public const string RouteValue = "record";

    /// <summary>The end of the address that takes queries by POST.</summary>
    public const string Query = "/query";

    /// <summary>The end of the address under which a held record is confirmed.</summary>
    public const string Confirm = "/confirm";

    /// <summary>The end of the address under which the changes of a resource are followed.</summary>
    public const string Changes = "/changes";

    public Task RunAsync(HttpContext http, EndpointPlan plan, EntryId? record, ResourceMethods methods)
    {
        if (Settle(http, plan, methods, AdviceOf(http.Request.Method, plan, record)) is { } settled)
        {
            return settled;
        }

        var caller = ReaderOf(http, plan);
        if (methods.Asks(http.Request.Method))
        {
            return listing.RunBodyAsync(http, plan, caller);
        }

        return record is { } id
            ? reading.RunAsync(http, plan, caller, id)
            : listing.RunAsync(http, plan, caller);
    }

    /// <summary>The address under which changes are followed.</summary>
    public Task FollowAsync(HttpContext http, EndpointPlan plan, ResourceMethods methods) =>
        Settle(http, plan, methods, "") ?? changes.RunAsync(http, plan, ReaderOf(http, plan));

    /// <summary>Answers what does not read; null for what does.</summary>
    private Task? Settle(HttpContext http, EndpointPlan plan, ResourceMethods methods, string advice)
    {
        var method = http.Request.Method;
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            // Row 3: a key on a method that changes nothing is ignored, and said to be.
            http.Response.Headers["Idempotency-Status"] = "ignored";
        }

        if (method == HttpMethods.Options)
        {
            preflight.Answer(http, plan, methods.Allow);
            return Task.CompletedTask;
        }

        return methods.Asks(method) || (method is "GET" or "HEAD" && methods.Reads)
            ? null
            : RefuseAsync(http, plan, methods, advice);
    }

    private Caller ReaderOf(HttpContext http, EndpointPlan plan)
    {
        var caller = callers.Read(http);
        CrossOrigin.AllowReading(http, plan, caller);
        return caller;
    }

    private static string AdviceOf(string method, EndpointPlan plan, EntryId? record) =>
        record is null && method is "PUT" or "PATCH" or "DELETE" ? " Name the record in the address."
        : record is not null && method == HttpMethods.Post ? $" Send it to {plan.Path}."
        : "";

    /// <summary>RFC 9110 §15.5.6: a 405 lists the methods that the address knows.</summary>
    private static Task RefuseAsync(HttpContext http, EndpointPlan plan, ResourceMethods methods, string advice)
    {
        var method = http.Request.Method;
        var shown = method.Length <= 20 ? method : method[..20];
        return FaultResponse.RefuseAsync(
            http,
            new Fault(FaultCatalogue.MethodNotAllowed, $"This address does not take {shown}.{advice}")
            {
                Headers = [new("Allow", methods.Allow)],
            },
            plan);
    }
}
