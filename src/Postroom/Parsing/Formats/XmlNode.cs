namespace Postroom.Parsing.Formats;

/// <summary>
/// An element or attribute in an <see cref="XmlTree"/>. Links are indexes into its nodes; the root is 0, and since it
/// is nobody's child, 0 as a link is none.
/// </summary>
internal struct XmlNode
{
    /// <summary>Its name's index.</summary>
    public int Name;

    /// <summary>Where its tag's name stands in the XML, prefix and all, when the buffer is the XML.</summary>
    public int TagStart;

    public int TagLength;

    /// <summary>Where its text stands in the buffer; of an element that has elements, the last piece.</summary>
    public int TextStart;

    public int TextLength;

    public int Parent;

    /// <summary>First and last child: attributes, then elements.</summary>
    public int FirstChild;

    public int LastChild;

    /// <summary>The next child of the same parent.</summary>
    public int Next;

    /// <summary>The next child of the same parent that has the same name and is present.</summary>
    public int NextOfName;

    /// <summary>True for all of one name but the first.</summary>
    public bool IsRepeat;

    public bool IsAttribute;

    public bool HasElements;

    /// <summary>Whether its text is more than white space.</summary>
    public bool HasText;

    /// <summary><c>xsi:nil="true"</c> (XML Schema part 1, §2.6.2).</summary>
    public bool IsNil;

    /// <summary>False for one that holds nothing: its field is absent, like an empty box of a form.</summary>
    public bool IsPresent;
}
