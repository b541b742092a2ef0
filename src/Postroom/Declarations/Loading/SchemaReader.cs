using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>schema</c>: inline, or a file.</summary>
internal static class SchemaReader
{
    public static SchemaSource? Read(LoadScope scope, SourceMapping endpoint)
    {
        return endpoint.Mapping("schema") is { } inline ? new(SourceJson.Write(inline)) : null;
    }
}
