using Postroom.Declarations.Yaml;
using Postroom.Faults;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>person</c>: names of fields, or JSON Pointers (RFC 6901).</summary>
internal static class PersonReader
{
    public static IReadOnlyList<string>? Read(LoadScope scope, SourceMapping endpoint, SchemaSource? schema) =>
        endpoint.Find("person") is null
            ? null
            : ListReader.Read(scope, endpoint, "person", (string text, out string? fault) =>
            {
                var isPointer = text.StartsWith('/');
                fault = isPointer ? PointerFault(text) : NameFault(text, schema);
                return fault is not null ? null : isPointer ? text : $"/{Escape(text)}";
            });

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? NameFault(string name, SchemaSource? schema) =>
        schema is null || !schema.Known.Any() || schema.Known.Any(property => property.Name == name)
            ? null
            : $"`{Excerpt.Of(name)}` is a field that the schema does not have."
                + NearestName.Suggest(name, schema.Known.Select(property => property.Name));

    private static string? PointerFault(string pointer)
    {
        for (var at = pointer.IndexOf('~', StringComparison.Ordinal); at >= 0; at = pointer.IndexOf('~', at + 1))
        {
            if (at + 1 == pointer.Length || pointer[at + 1] is not ('0' or '1'))
            {
                return $"`{Excerpt.Of(pointer)}` is no JSON Pointer: write ~0 for ~ and ~1 for a slash in a name.";
            }
        }

        return null;
    }
}
