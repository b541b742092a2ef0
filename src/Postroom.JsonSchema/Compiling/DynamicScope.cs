using Postroom.JsonSchema.Loading;

namespace Postroom.JsonSchema.Compiling;

/// <summary>
/// Which schema each dynamic anchor stands for, on one way through the schema: the one of the outermost resource that
/// has it (JSON Schema Core, section 8.2.3.2). What is bound stays bound on the way inwards, so there are few of
/// them, and a schema is compiled once for each in which it is used: the walk itself knows nothing of dynamic scopes.
/// </summary>
internal sealed class DynamicScope
{
    private readonly Dictionary<string, SourceNode> _bound;
    private readonly Dictionary<SchemaResource, DynamicScope> _entered = [];
    private readonly Dictionary<string, DynamicScope> _all;

    private DynamicScope(Dictionary<string, SourceNode> bound, Dictionary<string, DynamicScope> all)
    {
        _bound = bound;
        _all = all;
    }

    public static DynamicScope Outermost() => new([], new(StringComparer.Ordinal));

    public SourceNode? Find(string anchor) => _bound.GetValueOrDefault(anchor);

    /// <summary>The scope within a resource that is reached in this one.</summary>
    public DynamicScope Enter(SchemaResource resource)
    {
        if (!_entered.TryGetValue(resource, out DynamicScope? scope))
        {
            scope = resource.DynamicAnchors.Keys.All(_bound.ContainsKey) ? this : Bind(resource);
            _entered.Add(resource, scope);
        }

        return scope;
    }

    private DynamicScope Bind(SchemaResource resource)
    {
        var bound = new Dictionary<string, SourceNode>(_bound, StringComparer.Ordinal);
        foreach ((string anchor, SourceNode schema) in resource.DynamicAnchors)
        {
            bound.TryAdd(anchor, schema);
        }

        string key = string.Join('\n', bound.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key} {entry.Value.Resource!.Number}"));
        if (!_all.TryGetValue(key, out DynamicScope? scope))
        {
            scope = new DynamicScope(bound, _all);
            _all.Add(key, scope);
        }

        return scope;
    }
}
