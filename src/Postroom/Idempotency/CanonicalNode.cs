using System.Text.Json;

namespace Postroom.Idempotency;

/// <summary>
/// A value of a document with its name: where their texts stand, and the next value in the same container.
/// </summary>
internal struct CanonicalNode
{
    /// <summary>Starts of texts: in the document, or negated less one in the buffer of decoded ones.</summary>
    public int NameStart;

    public int NameLength;

    public int TextStart;

    public int TextLength;

    /// <summary>First child and next sibling; 0 for none, since the root is nobody's child.</summary>
    public int FirstChild;

    public int Next;

    public int ChildCount;

    public JsonTokenType Type;
}
