using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>All operations of the plans in force, and the document that describes them.</summary>
internal sealed class ApiDescription
{
    /// <summary>Where the document is served.</summary>
    public const string DocumentRoute = "/_postroom/openapi.json";

    /// <summary>One for each kind of endpoint, and for each route beside one.</summary>
    private static readonly IApiDescriber[] s_describers = 
        [new FormDescriber(), new ChallengeDescriber(), new ResourceDescriber(), new BatchDescriber()];

    private readonly PostroomDeclaration _declaration;
    private readonly ApiSchemas _schemas = new();

    private ApiDescription(PostroomDeclaration declaration, IReadOnlyList<EndpointPlan> plans)
    {
        _declaration = declaration;
        Operations = Named(
            [.. plans.SelectMany(plan => s_describers.SelectMany(each => each.Describe(plan, _schemas)))]);
    }

    /// <summary>In the order of the endpoints.</summary>
    public IReadOnlyList<ApiOperation> Operations { get; }

    public static ApiDescription Of(PostroomDeclaration declaration, IReadOnlyList<EndpointPlan> plans) =>
        new(declaration, plans);

    /// <summary>The OpenAPI document, which takes longer than the operations.</summary>
    public byte[] ToJson() => new OpenApiDocument(_declaration, _schemas).Write(Operations);

    /// <summary>Paths that differ in their signs only have the same words: a number tells them apart.</summary>
    private static List<ApiOperation> Named(IReadOnlyList<ApiOperation> operations)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = new List<ApiOperation>(operations.Count);
        foreach (var operation in operations)
        {
            var id = operation.Id;
            for (var number = 2; !taken.Add(id); number++)
            {
                id = $"{operation.Id}_{number}";
            }

            named.Add(operation with { Id = id });
        }

        return named;
    }
}
