using System.Text;
using Postroom.Declarations;

namespace Postroom.Parsing.Formats;

/// <summary>
/// Reads the XML that nearly all senders send: names in ASCII, simple namespaces, no instructions, nothing wrong. It
/// gives up at all else, at every doubt and at every limit, and leaves to XmlReader what is to be said of that.
/// </summary>
internal ref struct PlainXml
{
    private const int AttributesMax = 16;

    private readonly XmlTree _tree;
    private readonly BodyContext _context;
    private readonly LimitsDeclaration _limits;
    private XmlPrefixes _prefixes;
    private XmlCursor _cursor;

    // The root is the document and no field of it.
    private int _count = -1;
    private int _depth;
    private int _items;

    private PlainXml(XmlTree tree, BodyContext context)
    {
        _tree = tree;
        _cursor = new XmlCursor(tree.Buffer);
        _context = context;
        _limits = context.Limits;
    }

    /// <summary>Fills a tree that holds nothing but UTF-8; false when it gave up, and the tree is of no use.</summary>
    public static bool TryRead(XmlTree tree, BodyContext context)
    {
        PlainXml reader = new(tree, context);
        return reader._cursor.HasCharactersOnly() && reader.ReadDocument();
    }

    private bool ReadDocument()
    {
        if (!_cursor.SkipDeclaration() || !_cursor.SkipComments() || _cursor.Peek() != '<' || !ReadStart())
        {
            return false;
        }

        while (_depth > 0)
        {
            int length = _cursor.Rest.IndexOfAny((byte)'<', (byte)'&', (byte)']');
            if (length < 0)
            {
                return false;
            }

            if (length > 0)
            {
                _tree.AddText(_cursor.At, length);
                _cursor.At += length;
            }

            if (!ReadMarkup())
            {
                return false;
            }
        }

        return _cursor.SkipComments() && _cursor.At == _cursor.Xml.Length;
    }

    private bool ReadMarkup() => (_cursor.Peek(), _cursor.Peek(1)) switch
    {
        ((byte)'<', (byte)'/') => ReadEnd(),
        ((byte)'<', (byte)'!') => _cursor.SkipComment() || ReadCharacterData(),
        ((byte)'<', _) => ReadStart(),
        ((byte)'&', _) => ReadTextReference(),
        _ => !_cursor.Rest.StartsWith("]]>"u8) && ReadBracket(),
    };

    private bool ReadBracket()
    {
        _tree.AddText(_cursor.At++, 1);
        return true;
    }

    private bool ReadCharacterData()
    {
        if (!_cursor.Take("<![CDATA["u8) || _cursor.Rest.IndexOf("]]>"u8) is var length && length < 0)
        {
            return false;
        }

        if (length > 0)
        {
            _tree.AddText(_cursor.At, length);
        }

        _cursor.At += length + 3;
        return true;
    }

    private bool ReadStart()
    {
        // Each item of a list is a document of its own: its fields are counted anew.
        if (_context.TakesList && _depth == 1)
        {
            _count = -1;
            _items++;
        }

        int tag = ++_cursor.At;
        if (!_cursor.ReadName(out int prefixLength, out int name, out int length)
            || _items > _limits.Items || ++_depth > _limits.Depth + 1)
        {
            return false;
        }

        _tree.Open(name, length);
        (_tree.Current.TagStart, _tree.Current.TagLength) = (tag, _cursor.At - tag);
        if (!ReadAttributes(out int attributes))
        {
            return false;
        }

        _count += 1 + attributes;
        return _count <= _limits.Fields
            && (prefixLength == 0 || _prefixes.Find(_cursor.Xml, _cursor.Xml.Slice(tag, prefixLength), out _))
            && (_cursor.Take(">"u8) || (_cursor.Take("/>"u8) && Close()));
    }

    private bool ReadEnd()
    {
        ref XmlNode element = ref _tree.Current;
        _cursor.At += 2;
        if (!_cursor.Take(_cursor.Xml.Slice(element.TagStart, element.TagLength)))
        {
            return false;
        }

        _cursor.SkipWhiteSpace();
        return _cursor.Take(">"u8) && Close();
    }

    /// <summary>Closes the element; false when it mixes text and elements.</summary>
    private bool Close()
    {
        ref XmlNode element = ref _tree.Current;
        _tree.Close();
        _prefixes.Leave(--_depth);
        return !(element.HasElements && element.HasText);
    }

    private bool ReadAttributes(out int count)
    {
        count = 0;
        bool hasPrefixed = false;
        bool hasDefault = false;
        bool isSpaced = _cursor.SkipWhiteSpace();
        while (_cursor.Peek() is not (byte)'>' and not (byte)'/')
        {
            if (!isSpaced || ++count > AttributesMax || !ReadAttribute(ref hasPrefixed, ref hasDefault))
            {
                return false;
            }

            isSpaced = _cursor.SkipWhiteSpace();
        }

        return true;
    }

    private bool ReadAttribute(ref bool hasPrefixed, ref bool hasDefault)
    {
        if (!_cursor.ReadName(out int prefixLength, out int name, out int length))
        {
            return false;
        }

        _cursor.SkipWhiteSpace();
        if (!_cursor.Take("="u8))
        {
            return false;
        }

        _cursor.SkipWhiteSpace();
        byte quote = _cursor.Peek();
        int text = ++_cursor.At;
        if (quote is not ((byte)'"' or (byte)'\'') || !_cursor.ReadValue(quote, out int textLength))
        {
            return false;
        }

        return prefixLength > 0
            ? TakePrefixed(prefixLength, name, length, text, textLength, ref hasPrefixed)
            : !Names(name, length, "xmlns"u8) ? Add(name, length, text, textLength)
            : !hasDefault && (hasDefault = true) && IsOrdinary(_cursor.Xml.Slice(text, textLength));
    }

    private bool TakePrefixed(
        int prefixLength, int name, int length, int text, int textLength, ref bool hasPrefixed)
    {
        ReadOnlySpan<byte> prefix = _cursor.Xml.Slice(name - 1 - prefixLength, prefixLength);
        if (prefix.SequenceEqual("xmlns"u8))
        {
            return textLength > 0 && Declare(name, length, _cursor.Xml.Slice(text, textLength));
        }

        // Two prefixes can mean one namespace, and then two names are one.
        if (hasPrefixed || !_prefixes.Find(_cursor.Xml, prefix, out bool isInstance))
        {
            return false;
        }

        hasPrefixed = true;
        return isInstance ? !Names(name, length, "nil"u8) : Add(name, length, text, textLength);
    }

    private readonly bool Add(int name, int length, int text, int textLength)
    {
        // What stands before the name, white space or a colon, makes room for the sign that tells it from an element.
        _cursor.Xml[name - 1] = (byte)'@';
        _tree.AddAttribute(name - 1, length + 1, text, textLength);
        return !_tree.RepeatsAttribute();
    }

    private readonly bool Names(int start, int length, ReadOnlySpan<byte> name) =>
        _cursor.Xml.Slice(start, length).SequenceEqual(name);

    private bool Declare(int prefix, int length, ReadOnlySpan<byte> address) =>
        IsOrdinary(address) && !_cursor.Xml[prefix..].StartsWith("xml"u8)
        && _prefixes.Add(_cursor.Xml, prefix, length, _depth,
            isInstance: address.SequenceEqual("http://www.w3.org/2001/XMLSchema-instance"u8));

    /// <summary>True for a namespace of which nothing is to be kept, and which is not one of XML's own.</summary>
    private readonly bool IsOrdinary(ReadOnlySpan<byte> address) =>
        _context.Namespaces.Count == 0
        && !address.SequenceEqual("http://www.w3.org/XML/1998/namespace"u8)
        && !address.SequenceEqual("http://www.w3.org/2000/xmlns/"u8);

    /// <summary>Reads a reference in text; what it stands for is shorter and takes its place.</summary>
    private bool ReadTextReference()
    {
        int start = _cursor.At;
        if (!_cursor.TryReadReference(out Rune rune))
        {
            return false;
        }

        _tree.AddText(start, rune.EncodeToUtf8(_cursor.Xml[start..]));
        return true;
    }
}
