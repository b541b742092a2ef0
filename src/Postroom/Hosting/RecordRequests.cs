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
    public Task RunAsync(HttpContext http, EndpointPlan plan)
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

        var methods = ResourceMethods.Of(plan.Resource!, isRecord: record is not null);
        return methods.ActionOf(http.Request.Method) is { } action
            ? pipeline.RunAsync(http, plan, action, record ?? default)
            : reading.RunAsync(http, plan, record, methods);
    }
}
