using System.Collections.Frozen;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema;

/// <summary>Schema texts by their URIs. Immutable.</summary>
public sealed class SchemaRegistry : ISchemaSource
{
    private readonly FrozenDictionary<string, ReadOnlyMemory<byte>> _texts;

    /// <summary>A registry of texts.</summary>
    /// <param name="texts">UTF-8 texts by URI; a fragment in a URI counts nothing.</param>
    public SchemaRegistry(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> texts) =>
        _texts = texts.ToFrozenDictionary(
            entry => UriReference.Parse(entry.Key).WithoutFragment, entry => entry.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _texts.TryGetValue(uri, out ReadOnlyMemory<byte> text) ? text : default(ReadOnlyMemory<byte>?);
    }
}
