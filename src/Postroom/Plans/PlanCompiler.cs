using System.Collections.Frozen;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans.Resources;
using Postroom.Plans.Uploads;

namespace Postroom.Plans;

/// <summary>Turns a declaration into a plan, or into the faults that keep it from being one.</summary>
internal static class PlanCompiler
{
    private static readonly TimeSpan SameContentDefault = TimeSpan.FromSeconds(10);

    public static EndpointPlan? Compile(
        PostroomDeclaration server,
        EndpointDeclaration endpoint,
        IPostHandler? handler,
        IPostFollowUp? followUp,
        List<DeclarationFault> faults,
        IReadOnlyList<FormatTypes>? formats = null)
    {
        var known = formats ?? FormatTypes.BuiltIn;
        var before = faults.Count;
        var schema = CompileSchema(endpoint, faults);
        var isResource = endpoint.Kind == EndpointKind.Resource;
        var access = AccessRule.Parse(isResource ? endpoint.Resource.Access.Create ?? "public" : endpoint.Access);
        if (!isResource && access is null or { IsOwner: true })
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0,
                $"access: \"{endpoint.Access}\" is not a rule. Use public, authenticated, role:x or scope:y."));
        }

        new LimitRanges(endpoint.Path, faults).Judge(endpoint.Limits);
        JudgeFormats(endpoint, known, faults);
        JudgeProof(endpoint, schema, faults);
        var resource = isResource && schema is not null ? ResourceCompiler.Compile(endpoint, schema, faults) : null;
        var upload = schema is null ? null : UploadPlan.Of(server, endpoint, schema, faults);
        if (faults.Count > before)
        {
            return null;
        }

        var plan = new EndpointPlan
        {
            Declaration = endpoint,
            Schema = schema!,
            Access = access!,
            Formats = new TakenFormats(endpoint.Formats, known),
            Resource = resource,
            Files = isResource ? null : FileRules.Of(endpoint, schema!),
            Upload = upload,
            Created = MessageTemplate.Parse(endpoint.Respond.Created),
            Opening = new OpeningTimes(endpoint.Opening, endpoint.Respond.Closed),
            Admission = isResource ? null : Admission.Of(endpoint, schema!.Root),
            Url = server.Url,
            Origins = Origins(server, endpoint),
            SameContent = endpoint.Idempotency.SameContent
                ?? (!isResource && upload is null && AsksForAddress(schema!) ? SameContentDefault : TimeSpan.Zero),
            Hidden = new HiddenFields(schema!.Root),
            Handler = handler,
            FollowUp = followUp,
        };
        plan.Batch = isResource ? BatchPlan.Of(plan, known) : null;
        return plan;
    }

    /// <summary>Lets the resources among the plans of one declaration know each other.</summary>
    public static void Link(IReadOnlyList<EndpointPlan> plans, List<DeclarationFault> faults)
    {
        ResourcePlan.Link(plans, (plan, reference) => faults.Add(new DeclarationFault(plan.Path, 0, 0,
            $"schema: {reference.Pointer} refers to {reference.To}, and no resource is declared there.")));
        foreach (var plan in plans.Where(plan => plan.Resource is not null))
        {
            StockColumns.Link(plan.Resource!, message => faults.Add(new DeclarationFault(plan.Path, 0, 0, message)));
        }

        foreach (var plan in plans.Where(plan => plan.Resource is { Table.HasChanges: true }))
        {
            JudgeChanges(plan, plans, faults);
        }

        foreach (var same in plans.Where(plan => plan.Resource is not null)
            .GroupBy(plan => plan.Resource!.Table.Name).Where(group => group.Count() > 1))
        {
            var paths = string.Join(" and ", same.Select(plan => plan.Path));
            faults.Add(new DeclarationFault(same.First().Path, 0, 0, $"{paths} would share a table. Rename one."));
        }
    }

    private static void JudgeChanges(
        EndpointPlan plan, IReadOnlyList<EndpointPlan> plans, List<DeclarationFault> faults)
    {
        var address = plan.Path + "/changes";
        if (plans.Any(other => string.Equals(other.Path, address, StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add(new DeclarationFault(plan.Path, 0, 0,
                $"changes: they are followed under {address}, where another endpoint is declared. Rename that one."));
        }

        var access = plan.Resource!.Access;
        if (access.Of(RecordAction.List) is null || access.Of(RecordAction.Read) is null)
        {
            faults.Add(new DeclarationFault(plan.Path, 0, 0,
                "changes: whoever may list and read records follows them. Give `access` a rule for `list` and one for "
                + "`read`, or remove `changes`."));
        }
    }

    private static void JudgeFormats(
        EndpointDeclaration endpoint, IReadOnlyList<FormatTypes> known, List<DeclarationFault> faults)
    {
        if (endpoint.Formats.Count == 0)
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0, "formats: an endpoint takes at least one format."));
        }

        foreach (var name in endpoint.Formats.Where(name => !known.Any(format => format.Name == name)))
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0,
                $"formats: \"{name}\" is no format that is read here. "
                + $"There are {string.Join(", ", known.Select(format => format.Name))}."));
        }
    }

    /// <summary>What a file says was judged with its lines; this is for what code declares.</summary>
    private static void JudgeProof(EndpointDeclaration endpoint, CompiledSchema? schema, List<DeclarationFault> faults)
    {
        if (endpoint.Spam.ProofOfWork is not { } proof)
        {
            return;
        }

        if (proof.MaxNumber is < ProofOfWorkDeclaration.MaxNumberLeast or > ProofOfWorkDeclaration.MaxNumberMost)
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0, "spam.proofOfWork.maxNumber must be "
                + $"{ProofOfWorkDeclaration.MaxNumberLeast} to {ProofOfWorkDeclaration.MaxNumberMost}."));
        }

        if (proof.Expires < ProofOfWorkDeclaration.ExpiresLeast || proof.Expires > ProofOfWorkDeclaration.ExpiresMost)
        {
            faults.Add(new DeclarationFault(
                endpoint.Path, 0, 0, "spam.proofOfWork.expires must be a minute to a day."));
        }

        if (schema?.Root.Properties.Any(property => property.Name == ProofOfWorkDeclaration.Field) == true)
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0, $"`{ProofOfWorkDeclaration.Field}` is a field of the "
                + "schema: the proof comes under this name. Give the field another."));
        }
    }

    private static CompiledSchema? CompileSchema(EndpointDeclaration endpoint, List<DeclarationFault> faults)
    {
        if (endpoint.Schema is not { } text)
        {
            return CompiledSchema.Any;
        }

        var compilation = CompiledSchema.Compile(text.Span, endpoint.SchemaOptions);
        foreach (var error in compilation.Errors)
        {
            var document = error.Document.Length == 0 ? "" : " " + error.Document;
            faults.Add(new DeclarationFault(
                $"{endpoint.Path} schema{document}", error.Line, error.Column, $"{error.Pointer}: {error.Message}"));
        }

        return compilation.Schema;
    }

    private static FrozenSet<string> Origins(PostroomDeclaration server, EndpointDeclaration endpoint)
    {
        var origins = new HashSet<string>(server.Origins, StringComparer.Ordinal);
        origins.UnionWith(endpoint.Origins);
        if (server.Url is { } url)
        {
            origins.Add(url.GetLeftPart(UriPartial.Authority));
        }

        return origins.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Two people do not send the same content within seconds when it holds an address of theirs; without one (a
    /// vote, a counter) they may.
    /// </summary>
    private static bool AsksForAddress(CompiledSchema schema) =>
        schema.Root.Properties.Any(property => property.Required
            && (property.Schema.Format == "email"
                || property.Name.Equals("tel", StringComparison.OrdinalIgnoreCase)
                || property.Name.Contains("phone", StringComparison.OrdinalIgnoreCase)));
}
