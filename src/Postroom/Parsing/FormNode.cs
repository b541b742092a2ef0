namespace Postroom.Parsing;

/// <summary>
/// A place in a form's document. Links are indexes into the tree's arrays; 0 and -1 are said where they count.
/// </summary>
internal struct FormNode
{
    /// <summary>Where its name stands in the tree's text.</summary>
    public int NameStart;

    public int NameLength;

    public int Parent;

    /// <summary>First and last child, and the next child of the same parent; -1 for none.</summary>
    public int FirstChild;

    public int LastChild;

    public int Next;

    public int ChildCount;

    /// <summary>First and last value; -1 for none.</summary>
    public int FirstValue;

    public int LastValue;

    /// <summary>Its position, when the parent is a list or an array.</summary>
    public int Position;

    public FormNodeKind Kind;

    /// <summary>Whether anything below it is left; what held only empty boxes is absent.</summary>
    public bool IsPresent;

    /// <summary>A group of a format without types where the schema wants a list: it is the list's one item.</summary>
    public bool IsWrapped;

    public FormShape Shape;
}
