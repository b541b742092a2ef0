namespace Postroom.Parsing;

/// <summary>What a place in a form's document has turned out to be.</summary>
internal enum FormNodeKind : byte
{
    /// <summary>Nothing is known yet.</summary>
    Undecided,

    /// <summary>A value, or the same name several times: <c>a=1&amp;a=2</c>.</summary>
    Values,

    /// <summary>Values that were appended: <c>a[]=1</c>. An array even with one.</summary>
    Appended,

    /// <summary>Members by name: <c>a[b]=1</c>, or a JSON object.</summary>
    Object,

    /// <summary>Elements by position: <c>a[0]=1</c>.</summary>
    List,

    /// <summary>The elements of a JSON array, as they came.</summary>
    Array,
}
