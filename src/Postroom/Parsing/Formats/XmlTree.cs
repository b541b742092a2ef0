using System.Buffers;
using System.Text;

namespace Postroom.Parsing.Formats;

/// <summary>
/// The elements and attributes of XML on their way to a document: one table, and one buffer with all names and texts.
/// </summary>
internal sealed class XmlTree : IDisposable
{
    public const int Root = 0;

    private const int FewNodes = 64;

    private byte[] _buffer;
    private int _length;
    private PooledList<XmlNode> _nodes = new(FewNodes);
    private XmlNames _names = new();
    private int _current = -1;

    /// <summary>Begins without text: all that comes is copied.</summary>
    public XmlTree(int sizeHint) => _buffer = ArrayPool<byte>.Shared.Rent(sizeHint);

    /// <summary>Begins with the XML itself, its line breaks made LF: names and texts are places in it.</summary>
    public XmlTree(ReadOnlySpan<byte> xml)
        : this(xml.Length)
    {
        xml.CopyTo(_buffer);
        _length = FormText.UnifyLines(_buffer.AsSpan(0, xml.Length));
    }

    public Span<byte> Buffer => _buffer.AsSpan(0, _length);

    /// <summary>The element that was opened last and is not closed.</summary>
    public ref XmlNode Current => ref _nodes[_current];

    public ref XmlNode this[int node] => ref _nodes[node];

    public ReadOnlySpan<byte> NameOf(in XmlNode node) => _names.TextOf(_buffer, node.Name);

    /// <summary>Opens an element whose name stands in the buffer.</summary>
    public void Open(int nameStart, int nameLength)
    {
        if (_current >= 0)
        {
            SettleText(ref Current);
            Current.HasElements = true;
            Current.TextLength = 0;
        }

        _current = AddChild(nameStart, nameLength);
    }

    /// <summary>Gives the current element an attribute that stands in the buffer.</summary>
    public void AddAttribute(int nameStart, int nameLength, int textStart, int textLength)
    {
        ref XmlNode added = ref _nodes[AddChild(nameStart, nameLength)];
        (added.IsAttribute, added.TextStart, added.TextLength) = (true, textStart, textLength);
        SettleText(ref added);
        added.IsPresent = added.HasText;
    }

    /// <summary>True when the current element's last attribute has the name of another; for few attributes.</summary>
    public bool RepeatsAttribute()
    {
        int last = Current.LastChild;
        for (int other = Current.FirstChild; other != last; other = _nodes[other].Next)
        {
            if (_nodes[other].Name == _nodes[last].Name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds to the text of the current element what stands in the buffer behind that text.</summary>
    public void AddText(int start, int length)
    {
        ref XmlNode element = ref Current;
        if (element.TextLength == 0)
        {
            element.TextStart = start;
        }
        else if (element.TextStart + element.TextLength is var end && end != start)
        {
            _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(end));
        }

        element.TextLength += length;
    }

    /// <summary>Closes the current element; all below it is closed.</summary>
    public void Close()
    {
        ref XmlNode element = ref Current;
        SettleText(ref element);
        element.IsPresent = element.IsNil || element.HasText;
        for (int index = element.FirstChild; index != 0; index = _nodes[index].Next)
        {
            ref XmlNode child = ref _nodes[index];
            if (!child.IsPresent)
            {
                continue;
            }

            element.IsPresent = true;
            ref XmlName name = ref _names[child.Name];
            if (name.SortedFor == _current + 1)
            {
                _nodes[name.LastSorted].NextOfName = index;
                child.IsRepeat = true;
            }

            (name.SortedFor, name.LastSorted) = (_current + 1, index);
        }

        _current = element.Parent;
    }

    /// <summary>Puts text into the buffer; tells where.</summary>
    public (int Start, int Length) Append(ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (_buffer.Length - _length < length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length));
            Buffer.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int start = _length;
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(start));
        return (start, length);
    }

    /// <summary>
    /// True when the rules of a form, whose types are those of text, change nothing and refuse nothing. Where that
    /// takes thought it is false, and they are applied.
    /// </summary>
    public bool IsForm(FormRules rules)
    {
        for (int name = 0; name < _names.Count; name++)
        {
            ReadOnlySpan<byte> text = _names.TextOf(_buffer, name);
            if (text.Length > rules.Limits.Name || !rules.IsPlainName(text))
            {
                return false;
            }
        }

        int texts = 0;
        foreach (ref readonly XmlNode node in _nodes.Items)
        {
            if (node.IsNil
                || (node.HasText && (node.TextLength > rules.Limits.Value || !rules.IsPlainText(TextOf(node)))))
            {
                return false;
            }

            texts += node.HasText ? 1 : 0;
        }

        return _nodes.Count + texts <= rules.Limits.Fields;
    }

    /// <summary>Writes an element as an object of its children, those of one name as one.</summary>
    public void WriteObject(int node, DocumentWriter document)
    {
        document.StartObject();
        for (int child = _nodes[node].FirstChild; child != 0; child = _nodes[child].Next)
        {
            if (_nodes[child].IsPresent && !_nodes[child].IsRepeat)
            {
                document.Name(NameOf(_nodes[child]));
                WriteGroup(child, document);
            }
        }

        if (_nodes[node].HasText)
        {
            document.Name("#text"u8);
            document.String(TextOf(_nodes[node]));
        }

        document.EndObject();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _nodes.Dispose();
        _names.Dispose();
    }

    private ReadOnlySpan<byte> TextOf(in XmlNode node) => _buffer.AsSpan(node.TextStart, node.TextLength);

    private void SettleText(ref XmlNode node)
    {
        // Nearly all text that is more than white space begins with a visible character of ASCII.
        if (node.TextLength > 0 && !node.HasText)
        {
            node.HasText = _buffer[node.TextStart] is > (byte)' ' and < 0x7F
                || FormText.WhiteSpaceAtStart(TextOf(node)) < node.TextLength;
        }
    }

    private int AddChild(int nameStart, int nameLength)
    {
        int name = _names.Find(_buffer, nameStart, nameLength);
        int child = _nodes.Count;
        ref XmlNode added = ref _nodes.Add();
        (added.Name, added.Parent) = (name, _current);
        if (_current < 0)
        {
            return child;
        }

        ref XmlNode parent = ref Current;
        if (parent.FirstChild == 0)
        {
            parent.FirstChild = child;
        }
        else
        {
            _nodes[parent.LastChild].Next = child;
        }

        parent.LastChild = child;
        return child;
    }

    private void WriteGroup(int first, DocumentWriter document)
    {
        if (_nodes[first].NextOfName == 0)
        {
            WriteValue(first, document);
            return;
        }

        document.StartArray();
        for (int node = first; node != 0; node = _nodes[node].NextOfName)
        {
            WriteValue(node, document);
        }

        document.EndArray();
    }

    private void WriteValue(int node, DocumentWriter document)
    {
        if (_nodes[node].IsNil)
        {
            document.Null();
        }
        else if (_nodes[node].FirstChild == 0)
        {
            document.String(TextOf(_nodes[node]));
        }
        else
        {
            WriteObject(node, document);
        }
    }
}
