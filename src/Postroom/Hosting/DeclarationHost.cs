using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Receiving;

namespace Postroom.Hosting;

/// <summary>
/// Reads the declaration, compiles it together with what the host's code maps, and puts it in force: at the start all at
/// once or not at all, later without dropping a request.
/// </summary>
internal sealed class DeclarationHost(
    PostroomOptions options, CodeForms forms, PlanTable plans, ProxyList proxies)
{
    /// <summary>What is declared; the defaults before the start.</summary>
    public PostroomDeclaration Declaration { get; private set; } = new();

    /// <exception cref="DeclarationException">There are faults; nothing is in force.</exception>
    public void Start()
    {
        var result = Load();
        if (result.Faults.Count > 0)
        {
            throw new DeclarationException(result.Faults);
        }

        var faults = Apply(result.Declaration!);
        if (faults.Count > 0)
        {
            throw new DeclarationException(faults);
        }

    }

    private DeclarationResult Load()
    {
        if (options.Declaration is { } declaration)
        {
            return new DeclarationResult(declaration, [], []);
        }

        var context = new DeclarationContext { IdentityAvailable = options.HasIdentity };
        return options.File is { } file
            ? DeclarationLoader.Load(file, context)
            : new DeclarationResult(new PostroomDeclaration(), [], []);
    }

    private List<DeclarationFault> Apply(PostroomDeclaration declaration)
    {
        var faults = new List<DeclarationFault>();
        var compiled = new List<EndpointPlan>();
        foreach (var endpoint in declaration.Endpoints.Where(endpoint => forms.Find(endpoint.Path) is null))
        {
            Compile(declaration, endpoint, null, compiled, faults);
        }

        foreach (var form in forms.Forms)
        {
            Compile(declaration, form.Declaration, form, compiled, faults);
        }

        if (faults.Count == 0)
        {
            Declaration = declaration;
            proxies.Replace(declaration);
            plans.Replace(compiled, declaration.StorageBytesMax);
        }

        return faults;
    }

    private static void Compile(
        PostroomDeclaration server, EndpointDeclaration endpoint, CodeForm? form, List<EndpointPlan> compiled,
        List<DeclarationFault> faults)
    {
        if (PlanCompiler.Compile(server, endpoint, form?.Handler, form?.FollowUp, faults) is { } plan)
        {
            compiled.Add(plan);
        }
    }
}
