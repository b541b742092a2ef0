using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads the name of a field, or its JSON Pointer (RFC 6901).</summary>
internal static class FieldReader
{
    /// <summary>The field's pointer; one that the schema lacks is faulted.</summary>
    public static string Pointer(LoadScope scope, SourceScalar name, SchemaSource? schema)
    {
        var pointer = name.Text.StartsWith('/') ? name.Text : "/" + Escaped(name.Text);
        if (schema?.Lacks(FirstName(pointer), out var suggestion) == true)
        {
            scope.Fault(name,
                $"`{Excerpt.Of(name.Text)}` names a field that the schema does not have.{suggestion}");
        }

        return pointer;
    }

    private static string FirstName(string pointer) =>
        pointer[1..].Split('/')[0].Replace("~1", "/", StringComparison.Ordinal)
            .Replace("~0", "~", StringComparison.Ordinal);

    // RFC 6901 §3.
    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
