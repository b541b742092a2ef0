using Postroom.JsonSchema.Dialects;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Loading;

/// <summary>A schema with a URI of its own, and what its fragments name (JSON Schema Core, section 8.2).</summary>
internal sealed class SchemaResource(int number, UriReference uri, SourceNode root, Dialect dialect)
{
    /// <summary>The name under which <c>$recursiveAnchor</c> of 2019-09 binds; no anchor can have it.</summary>
    public const string Recursive = "";

    public int Number { get; } = number;

    /// <summary>The base for references in it.</summary>
    public UriReference Uri { get; } = uri;

    public SourceNode Root { get; } = root;

    public Dialect Dialect { get; } = dialect;

    /// <summary>By plain name, whichever keyword made it.</summary>
    public Dictionary<string, SourceNode> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that <c>$dynamicAnchor</c> made.</summary>
    public Dictionary<string, SourceNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
