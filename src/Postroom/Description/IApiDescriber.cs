using Postroom.Plans;

namespace Postroom.Description;

/// <summary>
/// Describes what one kind of endpoint, or one route beside it, does. Everything is read from the plan. A new kind adds
/// its own to the list in <see cref="ApiDescription"/>.
/// </summary>
internal interface IApiDescriber
{
    /// <summary>The operations of an endpoint; none where it is not of this kind.</summary>
    IEnumerable<ApiOperation> Describe(EndpointPlan plan, ApiSchemas schemas);
}
