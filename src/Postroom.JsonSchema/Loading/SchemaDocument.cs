using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Loading;

/// <summary>One schema text and where it was found.</summary>
/// <param name="uri">Without a fragment; "" for the text that is compiled, unless it has a base URI.</param>
/// <param name="text">Well-formed UTF-8 JSON.</param>
/// <param name="isMain">It is the text that is compiled, not one that it refers to.</param>
internal sealed class SchemaDocument(string uri, byte[] text, bool isMain)
{
    public string Uri { get; } = uri;

    public bool IsMain { get; } = isMain;

    public ReadOnlyMemory<byte> Raw(SourceNode source) => text.AsMemory(source.Start..source.End);

    /// <summary>The characters of a string.</summary>
    public string Text(SourceNode source) => JsonString.ToText(text.AsSpan((source.Start + 1)..(source.End - 1)));

    public TextPosition PositionOf(SourceNode source) => TextPosition.Of(text, source.KeyStart);

    public SourceNode Read(int depthMax) => SourceNode.Read(this, text, depthMax);
}
