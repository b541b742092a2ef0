using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postroom.Endpoints.Resources;
using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Responding;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Sends a request to a resource on its way: what changes something goes through the pipeline, the rest is read.
/// </summary>
internal sealed class RecordRequests(PostPipeline pipeline, ResourceEndpoint reading)
{
    public Task RunAsync(HttpContext http, EndpointPlan plan) =>
        RunAsync(http, plan, record => ResourceMethods.Of(plan.Resource!, isRecord: record is not null));

    /// <summary>The address under which a held record is confirmed.</summary>
    public Task ConfirmAsync(HttpContext http, EndpointPlan plan) =>
        RunAsync(http, plan, _ => ResourceMethods.OfConfirmation(plan.Resource!));

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
