using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Plans;

/// <summary>What an endpoint that takes files takes.</summary>
/// <param name="AnyField">True when every field takes files, since no schema says which ones do.</param>
/// <param name="Types">Media types, families such as <c>image/*</c>, extensions; empty for all harmless ones.</param>
/// <param name="BodyMax">Bytes of a whole body with as many files as may come.</param>
internal sealed record FileRules(bool AnyField, IReadOnlyList<string> Types, long BodyMax)
{
    /// <summary>Null for an endpoint that takes no files.</summary>
    public static FileRules? Of(EndpointDeclaration endpoint, CompiledSchema schema)
    {
        var limits = endpoint.Limits;
        var takesNone = limits.Files == 0 || !endpoint.Formats.Contains("multipart")
            || (endpoint.Schema is not null && !HasFile(schema.Root, []));
        return takesNone
            ? null
            : new(endpoint.Schema is null, endpoint.Files.Types, limits.Body + (limits.File * limits.Files));
    }

    private static bool HasFile(SchemaView view, HashSet<SchemaView> seen) =>
        seen.Add(view) && (view.IsFile || Below(view).Any(below => HasFile(below, seen)));

    private static IEnumerable<SchemaView> Below(SchemaView view) =>
        view.Properties.Select(property => property.Schema).Concat(view.Alternatives)
            .Concat(new[] { view.Items, view.AdditionalProperties }.OfType<SchemaView>());
}
