using System.Text;

namespace Postroom.Parsing.Formats;

/// <summary>An element or attribute of XML on its way to a document.</summary>
internal sealed class XmlElement(string name)
{
    private List<XmlElement>? _children;
    private StringBuilder? _more;
    private string _text = "";

    public string Name { get; } = name;

    /// <summary>Elements and, before them, attributes.</summary>
    public IReadOnlyList<XmlElement> Children => _children ?? [];

    public bool HasElements { get; private set; }

    /// <summary><c>xsi:nil="true"</c> (XML Schema part 1, §2.6.2).</summary>
    public bool IsNil { get; set; }

    public string Text => _more?.ToString() ?? _text;

    public bool HasText => !string.IsNullOrWhiteSpace(Text);

    /// <summary>False for an element that holds nothing: its field is absent, like an empty box of a form.</summary>
    public bool IsPresent => IsNil || HasText || Children.Any(child => child.IsPresent);

    public void AddText(string text)
    {
        if (_text.Length == 0)
        {
            _text = text;
            return;
        }

        _more ??= new StringBuilder(_text);
        _more.Append(text);
    }

    public void AddAttribute(XmlElement attribute) => (_children ??= []).Add(attribute);

    public void AddElement(XmlElement element)
    {
        HasElements = true;
        (_children ??= []).Add(element);
    }

    /// <summary>Writes what it holds: null, a text, or an object of its children, those of one name as one.</summary>
    public void WriteTo(DocumentWriter document, bool asObject = false)
    {
        if (IsNil && !asObject)
        {
            document.Null();
            return;
        }

        if (Children.Count == 0 && !asObject)
        {
            document.String(Encoding.UTF8.GetBytes(Text));
            return;
        }

        document.StartObject();
        foreach (IGrouping<string, XmlElement> group in Children
            .Where(child => child.IsPresent).GroupBy(child => child.Name, StringComparer.Ordinal))
        {
            document.Name(Encoding.UTF8.GetBytes(group.Key));
            WriteGroup(document, [.. group]);
        }

        if (HasText)
        {
            document.Name("#text"u8);
            document.String(Encoding.UTF8.GetBytes(Text));
        }

        document.EndObject();
    }

    private static void WriteGroup(DocumentWriter document, XmlElement[] group)
    {
        if (group.Length == 1)
        {
            group[0].WriteTo(document);
            return;
        }

        document.StartArray();
        foreach (XmlElement element in group)
        {
            element.WriteTo(document);
        }

        document.EndArray();
    }
}
