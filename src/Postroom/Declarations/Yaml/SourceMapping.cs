namespace Postroom.Declarations.Yaml;

/// <summary>An object.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">Its entries by key, in the order of the text.</param>
internal sealed record SourceMapping(SourcePlace Place, OrderedDictionary<string, SourceEntry> Entries)
    : SourceNode(Place)
{
    public SourceEntry? Find(string key) => Entries.TryGetValue(key, out var entry) ? entry : null;
}
