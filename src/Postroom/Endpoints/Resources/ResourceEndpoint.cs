using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Endpoints.Resources;

/// <summary>What a resource answers to everything that changes nothing: records, lists, its methods.</summary>
internal sealed class ResourceEndpoint(
    RecordReading reading, RecordListing listing, CallerReader callers, Preflight preflight)
{
    /// <summary>The name of the part of the address that holds a record's id.</summary>
    public const string RouteValue = "record";

    /// <summary>The end of the address that takes queries by POST.</summary>
    public const string Query = "/query";

    /// <summary>The end of the address under which a held record is confirmed.</summary>
    public const string Confirm = "/confirm";

    public Task RunAsync(HttpContext http, EndpointPlan plan, EntryId? record, ResourceMethods methods)
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

        if (!methods.Asks(method) && (method is not ("GET" or "HEAD") || !methods.Reads))
        {
            return RefuseAsync(http, plan, record, methods);
        }

        var caller = callers.Read(http);
        CrossOrigin.AllowReading(http, plan, caller);
        if (methods.Asks(method))
        {
            return listing.RunBodyAsync(http, plan, caller);
        }

        return record is { } id
            ? reading.RunAsync(http, plan, caller, id)
            : listing.RunAsync(http, plan, caller);
    }

    /// <summary>RFC 9110 §15.5.6: a 405 lists the methods that the address knows.</summary>
    private static Task RefuseAsync(HttpContext http, EndpointPlan plan, EntryId? record, ResourceMethods methods)
    {
        var method = http.Request.Method;
        var shown = method.Length <= 20 ? method : method[..20];
        var advice = record is null && method is "PUT" or "PATCH" or "DELETE"
            ? " Name the record in the address."
            : record is not null && method == HttpMethods.Post ? $" Send it to {plan.Path}." : "";
        return FaultResponse.RefuseAsync(
            http,
            new Fault(FaultCatalogue.MethodNotAllowed, $"This address does not take {shown}.{advice}")
            {
                Headers = [new("Allow", methods.Allow)],
            },
            plan);
    }
}
