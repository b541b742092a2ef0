using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>unique</c>: names or JSON Pointers of fields, and lists of them for combinations.</summary>
internal static class UniqueReader
{
    public static IReadOnlyList<UniqueDeclaration> Read(LoadScope scope, SourceMapping endpoint, SchemaSource? schema)
    {
        if (endpoint.Find("unique")?.Value is not SourceSequence rules)
        {
            return [];
        }

        return
        [
            .. from rule in rules.Items
               let fields = rule is SourceSequence combination ? combination.Items : [rule]
               select new UniqueDeclaration(
                   [.. fields.Select(field => Field(scope, field, schema)).OfType<UniqueField>()]),
        ];
    }

    private static UniqueField? Field(LoadScope scope, SourceNode node, SchemaSource? schema)
    {
        var name = node as SourceScalar ?? (node as SourceMapping)?.Text("field");
        if (name is not { Kind: ScalarKind.String })
        {
            return null;
        }

        var pointer = FieldReader.Pointer(scope, name, schema);
        return new(pointer, (node as SourceMapping)?.Flag("ignoreCase"));
    }
}
