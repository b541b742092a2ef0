namespace Postroom.JsonSchema.Model;

/// <summary>Where a schema stands.</summary>
/// <param name="Pointer">RFC 6901, in its document.</param>
/// <param name="Document">The URI of that document; "" for the text that was compiled.</param>
/// <param name="BaseUri">The URI of the resource that it belongs to; "" when that has none.</param>
/// <param name="ResourceLength">How much of the pointer leads to that resource.</param>
internal sealed record SchemaPlace(string Pointer, string Document, string BaseUri, int ResourceLength)
{
    public static SchemaPlace Nowhere { get; } = new("", "", "", 0);

    /// <summary>The pointer; behind its document's URI and "#" for one that the compiled text only refers to.</summary>
    public string Location => Document.Length == 0 ? Pointer : Document + "#" + Pointer;

    public string Absolute => BaseUri + "#" + Pointer[ResourceLength..];
}
