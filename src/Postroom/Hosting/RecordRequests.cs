using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postroom.Endpoints.Resources;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Sends a request to a resource on its way: what changes something goes through the pipeline, the rest is read.
/// </summary>
internal sealed class RecordRequests(PostPipeline pipeline, ResourceEndpoint reading)
{
    private static readonly Fault s_unclear = new(FaultCatalogue.MalformedRequest,
        "`atomic` is `true`, which all-or-nothing is without it too, or `false`: each item by itself.");

    public Task RunAsync(HttpContext http, EndpointPlan plan) =>
        RunAsync(http, plan, record => ResourceMethods.Of(plan.Resource!, isRecord: record is not null));

    /// <summary>The address that takes queries by POST.</summary>
    public Task QueryAsync(HttpContext http, EndpointPlan plan) =>
        RunAsync(http, plan, _ => ResourceMethods.OfQuery(plan.Resource!));

    /// <summary>The address under which a held record is confirmed.</summary>
    public Task ConfirmAsync(HttpContext http, EndpointPlan plan) =>
        RunAsync(http, plan, _ => ResourceMethods.OfConfirmation(plan.Resource!));

    /// <summary>The address that takes lists of records.</summary>
    public Task BatchAsync(HttpContext http, EndpointPlan plan)
    {
        var methods = ResourceMethods.OfBatch;
        if (methods.ActionOf(http.Request.Method) is null)
        {
            return reading.RunAsync(http, plan, null, methods);
        }

        var atomic = http.Request.Query["atomic"];
        return atomic switch
        {
            [] or ["true"] => pipeline.RunAsync(http, plan, PostAction.Batch, default),
            ["false"] => pipeline.RunAsync(http, plan, PostAction.Import, default),
            _ => FaultResponse.RefuseAsync(http, s_unclear, plan),
        };
    }

    /// <summary>The address under which changes are followed.</summary>
    public Task FollowAsync(HttpContext http, EndpointPlan plan) =>
        reading.FollowAsync(http, plan, ResourceMethods.OfChanges(plan.Resource!));

    private Task RunAsync(HttpContext http, EndpointPlan plan, Func<EntryId?, ResourceMethods> methodsOf)
    {
        EntryId? record = null;
        if (http.GetRouteValue(ResourceEndpoint.RouteValue) is { } value)
        {
            if (!EntryId.TryParse((string)value, out var id) || id.IsEmpty)
            {
                return FaultResponse.RefuseAsync(http, RecordFaults.NotFound, plan);
            }

            record = id;
        }

        var methods = methodsOf(record);
        return methods.ActionOf(http.Request.Method) is { } action
            ? pipeline.RunAsync(http, plan, action, record ?? default)
            : reading.RunAsync(http, plan, record, methods);
    }
}
