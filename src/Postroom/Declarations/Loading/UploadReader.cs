using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads what endpoints for uploads say beyond others, and faults what says nothing of them.</summary>
internal static class UploadReader
{
    private static readonly string[] s_foreign = ["compatible", "formats", "xml", "spam", "quarantine"];
    private static readonly string[] s_limits = ["uploadAge", "openUploads", "callerBytes", "endpointBytes"];

    public static bool IsUpload(SourceMapping endpoint) => endpoint.Text("kind")?.Text == "upload";

    public static EndpointDeclaration Complete(
        LoadScope scope, SourceMapping endpoint, EndpointDeclaration declaration)
    {
        foreach (var key in s_foreign)
        {
            if (endpoint.Find(key) is not null)
            {
                scope.Fault(endpoint.Entries[key].KeyPlace, $"`{key}` says nothing of an upload. Remove it.");
            }
        }

        return declaration.AsUpload() with
        {
            Limits = declaration.Limits,
            Upload = new()
            {
                Read = Rule(scope, endpoint, "read"),
                Delete = Rule(scope, endpoint, "delete"),
            },
        };
    }

    /// <summary>Faults in another endpoint what counts for uploads only.</summary>
    public static void RefuseIn(LoadScope scope, SourceMapping endpoint)
    {
        Refuse(scope, endpoint.Mapping("limits"), s_limits);
    }

    private static void Refuse(LoadScope scope, SourceMapping? mapping, string[] keys)
    {
        foreach (var key in keys.Where(key => mapping?.Find(key) is not null))
        {
            scope.Fault(mapping!.Entries[key].KeyPlace, $"`{key}` counts for `kind: upload` only. Remove it.");
        }
    }

    private static string? Rule(LoadScope scope, SourceMapping endpoint, string action)
    {
        if (endpoint.Mapping("access")?.Text(action) is not { } rule)
        {
            return null;
        }

        var fault = rule.Text == "owner" && scope.Context.IdentityAvailable
            ? null
            : AccessRule.Fault(rule.Text, scope.Context.IdentityAvailable);
        if (fault is not null)
        {
            scope.Fault(rule, fault);
        }

        return rule.Text;
    }
}
