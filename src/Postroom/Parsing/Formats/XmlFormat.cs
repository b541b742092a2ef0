using System.Text;
using System.Xml;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// XML 1.0 as a document: the root's children are the fields, elements of one name are a list, attributes are
/// <c>@name</c>, the text beside attributes is <c>#text</c>. No DTD, no entities beyond XML's five, nothing fetched.
/// </summary>
internal sealed class XmlFormat : IBodyFormat
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Xmlns = "http://www.w3.org/2000/xmlns/";

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    public string Name => BodyFormatNames.Xml;

    public IReadOnlyList<string> MediaTypes => ["application/xml", "text/xml", "+xml"];

    public IReadOnlyList<string> Charsets => ["utf-8", "us-ascii", "utf-16", "utf-16le", "utf-16be"];

    public bool HasTypes => false;

    public Fault? Read(ReadOnlySpan<byte> body, BodyContext context, DocumentWriter document)
    {
        if (BodyLooks.LikeJson(body))
        {
            return ParsingFaults.SentAsXml("JSON", "application/json");
        }

        if (BodyLooks.LikeUrlencoded(body))
        {
            return ParsingFaults.SentAsXml("form data", "application/x-www-form-urlencoded");
        }

        if (XmlEncoding.Decode(body, context.Charset, out ReadOnlySpan<byte> xml) is { } encodingFault)
        {
            return encodingFault;
        }

        // No name comes twice in an object, and all of it is UTF-8.
        document.IsJson = true;
        using (XmlTree plain = new(xml))
        {
            if (PlainXml.TryRead(plain, context))
            {
                return Write(plain, context, document);
            }
        }

        return XmlScan.Judge(xml, context.Limits, context.TakesList) ?? ReadAny(xml, context, document);
    }

    /// <summary>Reads any XML, and tells what is wrong with it.</summary>
    internal static Fault? ReadAny(ReadOnlySpan<byte> xml, BodyContext context, DocumentWriter document)
    {
        using XmlTree tree = new(xml.Length);
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(xml)), s_settings);
            reader.MoveToContent();
            if (ReadElement(reader, context.Namespaces, tree) is { } fault)
            {
                return fault;
            }

            while (reader.Read())
            {
                // The reader finds what may not stand behind the root.
            }
        }
        catch (XmlException exception)
        {
            return new Fault(FaultCatalogue.MalformedXml,
                $"The body is not well-formed XML at line {exception.LineNumber}, column {exception.LinePosition}: "
                + Reason(exception));
        }

        return Write(tree, context, document);
    }

    internal static Fault? Write(XmlTree tree, BodyContext context, DocumentWriter document)
    {
        if (!context.TakesList)
        {
            document.IsForm = context.Rules is { Shape.IsPlain: true } rules && tree.IsForm(rules);
            tree.WriteObject(XmlTree.Root, document);
            return null;
        }

        if (tree[XmlTree.Root].HasText)
        {
            return new Fault(FaultCatalogue.MalformedXml,
                "A list is taken here, and the root holds text. Put each item into an element of its own.");
        }

        document.StartArray();
        for (int item = tree[XmlTree.Root].FirstChild; item != 0; item = tree[item].Next)
        {
            if (!tree[item].IsAttribute)
            {
                tree.WriteObject(item, document);
            }
        }

        document.EndArray();
        return null;
    }

    /// <summary>Reads the element on which the reader stands, with all below it.</summary>
    private static Fault? ReadElement(
        XmlReader reader, IReadOnlyDictionary<string, string> namespaces, XmlTree tree)
    {
        bool isEmpty = reader.IsEmptyElement;
        Start(reader, namespaces, tree);
        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                (int start, int length) = tree.Append(reader.Value);
                tree.AddText(start, length);
            }
            else if (ReadElement(reader, namespaces, tree) is { } fault)
            {
                return fault;
            }
        }

        ref XmlNode element = ref tree.Current;
        tree.Close();

        // XML Schema part 1, §3.3.4: what is nil has neither text nor elements. Leaving it out would lose it.
        if (element.IsNil && (element.HasElements || element.HasText))
        {
            return new Fault(FaultCatalogue.MalformedXml,
                $"The element {ParsingFaults.Shown(tree.NameOf(element))} says `xsi:nil` and is not "
                + "empty. Leave out one of the two.");
        }

        return element.HasElements && element.HasText
            ? new Fault(FaultCatalogue.MalformedXml,
                $"The element {ParsingFaults.Shown(tree.NameOf(element))} mixes text and elements. Put "
                + "the text into an element of its own.")
            : null;
    }

    private static void Start(XmlReader reader, IReadOnlyDictionary<string, string> namespaces, XmlTree tree)
    {
        (int start, int length) = tree.Append(NameOf(reader, namespaces));
        tree.Open(start, length);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Instance)
            {
                tree.Current.IsNil |= reader.LocalName == "nil" && reader.Value.Trim() is "true" or "1";
            }
            else if (reader.NamespaceURI != Xmlns)
            {
                (start, length) = tree.Append("@" + NameOf(reader, namespaces));
                (int textStart, int textLength) = tree.Append(reader.Value);
                tree.AddAttribute(start, length, textStart, textLength);
            }
        }

        reader.MoveToElement();
    }

    private static string NameOf(XmlReader reader, IReadOnlyDictionary<string, string> namespaces)
    {
        if (reader.NamespaceURI.Length > 0)
        {
            foreach ((string prefix, string address) in namespaces)
            {
                if (address == reader.NamespaceURI)
                {
                    return prefix + ":" + reader.LocalName;
                }
            }
        }

        return reader.LocalName;
    }

    /// <summary>The reader's words without the place, which stands before them.</summary>
    private static string Reason(XmlException exception)
    {
        int place = exception.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return place < 0 ? exception.Message : exception.Message[..place];
    }
}
