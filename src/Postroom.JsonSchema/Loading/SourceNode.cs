using System.Globalization;
using System.Text.Json;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Loading;

/// <summary>A value of the schema text with its place.</summary>
internal sealed class SourceNode(
    SchemaDocument document, SourceNode? parent, string key, int keyStart, JsonTokenType type, int start)
{
    private Dictionary<string, SourceNode>? _byKey;

    public SchemaDocument Document { get; } = document;

    public SourceNode? Parent { get; } = parent;

    /// <summary>The member's name or the item's index; "" at the root.</summary>
    public string Key { get; } = key;

    /// <summary>Where the member's name begins, or the value when it has none.</summary>
    public int KeyStart { get; } = keyStart;

    public JsonTokenType Type { get; } = type;

    public int Start { get; } = start;

    /// <summary>The first byte behind the value.</summary>
    public int End { get; set; }

    public List<SourceNode> Children { get; } = [];

    /// <summary>What the schema that stands here belongs to; null where no schema is known to stand.</summary>
    public SchemaResource? Resource { get; set; }

    public bool IsString => Type == JsonTokenType.String;

    public bool IsObject => Type == JsonTokenType.StartObject;

    public bool IsArray => Type == JsonTokenType.StartArray;

    public bool IsBoolean => Type is JsonTokenType.True or JsonTokenType.False;

    /// <summary>RFC 6901.</summary>
    public string Pointer => Parent is null ? "" : PointerText.Append(Parent.Pointer, Key);

    /// <summary>The characters of a string.</summary>
    public string Text => Document.Text(this);

    public ReadOnlyMemory<byte> Raw => Document.Raw(this);

    public SourceNode? Child(string key)
    {
        if (_byKey is null && Children.Count <= 8)
        {
            return Children.Find(child => child.Key == key);
        }

        _byKey ??= Children.ToDictionary(child => child.Key, StringComparer.Ordinal);
        return _byKey.GetValueOrDefault(key);
    }

    /// <summary>Reads a text that a strict walk has accepted.</summary>
    public static SourceNode Read(SchemaDocument document, ReadOnlySpan<byte> json, int depthMax)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = depthMax });
        SourceNode? root = null, open = null;
        (string Name, int Start)? name = null;
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = (reader.GetString()!, start);
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open!.End = (int)reader.BytesConsumed;
                open = open.Parent;
                continue;
            }

            string key = name?.Name ?? open?.Children.Count.ToString(CultureInfo.InvariantCulture) ?? "";
            var node = new SourceNode(document, open, key, name?.Start ?? start, reader.TokenType, start)
            {
                End = (int)reader.BytesConsumed,
            };
            name = null;
            root ??= node;
            open?.Children.Add(node);
            open = node.IsObject || node.IsArray ? node : open;
        }

        return root!;
    }
}
