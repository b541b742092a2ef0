using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postroom.Answers;
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
    /// <summary>The part of an address that names an operation.</summary>
    public const string OperationValue = "operation";

    private readonly Lock _lock = new();
    private Described? _described;

    /// <summary>Answers with the document; nothing is here where <c>openapi</c> is off.</summary>
    public Task ServeDocumentAsync(HttpContext http) =>
        Find() is { } described ? described.Document.ServeAsync(http) : RefuseAsync(http);

    /// <summary>The front page of the reference.</summary>
    public Task ServeIndexAsync(HttpContext http) => Find() is { } described
        ? WriteAsync(http, new ReferenceIndexPage(
            ApiNames.Title(described.Declaration), described.Declaration.OpenApi.Description,
            described.Api.Operations).WriteTo)
        : RefuseAsync(http);

    /// <summary>The page of one operation.</summary>
    public Task ServeOperationAsync(HttpContext http)
    {
        var id = (string)http.GetRouteValue(OperationValue)!;
        return Find() is { } described
            && described.Api.Operations.FirstOrDefault(operation => operation.Id == id) is { } operation
            ? WriteAsync(http, new ReferencePage(operation, Home(http, described.Declaration)).WriteTo)
            : RefuseAsync(http);
    }

    private static string Home(HttpContext http, PostroomDeclaration declaration) =>
        declaration.Url?.GetLeftPart(UriPartial.Authority) ?? $"{http.Request.Scheme}://{http.Request.Host}";

    private static Task WriteAsync(HttpContext http, Action<HtmlWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(16_384);
        write(new HtmlWriter(output));
        return FaultResponse.WritePageAsync(http.Response, output.WrittenMemory, HtmlHeaders.Scripted).AsTask();
    }

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
        http, new Fault(FaultCatalogue.NotFound, "There is no description here."));

    private sealed class Described(PostroomDeclaration declaration, IReadOnlyList<EndpointPlan> plans)
    {
        public PostroomDeclaration Declaration { get; } = declaration;

        public IReadOnlyList<EndpointPlan> Plans { get; } = plans;

        public ApiDescription Api => field ??= ApiDescription.Of(Declaration, Plans);

        public FixedDocument Document => field ??= new(Api.ToJson(), "application/json");
    }
}
