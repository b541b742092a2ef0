using Postroom.Plans;

namespace Postroom.Description;

/// <summary>A resource: its records, one by one and as a list.</summary>
internal sealed class ResourceDescriber : IApiDescriber
{
    public IEnumerable<ApiOperation> Describe(EndpointPlan plan, ApiSchemas schemas) =>
        plan.Resource is { } resource ? new ResourceOperations(plan, resource, schemas).All() : [];
}
