using Microsoft.AspNetCore.Http;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;

namespace Postroom.Hosting;

/// <summary>
/// The description of the plans in force, made when it is first asked for and again when the plans are others.
/// </summary>
internal sealed class DescriptionHost(DeclarationHost declarations, PlanTable plans)
{
    private readonly Lock _lock = new();
    private Described? _described;

    /// <summary>Answers with the document; nothing is here where <c>openapi</c> is off.</summary>
    public Task ServeDocumentAsync(HttpContext http) =>
        Find() is { } described ? described.Document.ServeAsync(http) : RefuseAsync(http);

    private Described? Find()
    {
        var (declaration, table) = (declarations.Declaration, plans.Plans);
        if (!declaration.OpenApi.IsServed)
        {
            return null;
        }

        lock (_lock)
        {
            if (_described is null || _described.Declaration != declaration || _described.Plans != table)
            {
                _described = new(declaration, table);
            }

            return _described;
        }
    }

    private static Task RefuseAsync(HttpContext http) => FaultResponse.RefuseAsync(
        http, new Fault(FaultCatalogue.NotFound, "The endpoints are not described here."));

    private sealed class Described(PostroomDeclaration declaration, IReadOnlyList<EndpointPlan> plans)
    {
        public PostroomDeclaration Declaration { get; } = declaration;

        public IReadOnlyList<EndpointPlan> Plans { get; } = plans;

        public ApiDescription Api => field ??= ApiDescription.Of(Declaration, Plans);

        public FixedDocument Document => field ??= new(Api.ToJson(), "application/json");
    }
}
