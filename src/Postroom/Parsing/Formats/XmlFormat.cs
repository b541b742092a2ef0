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

        if (XmlEncoding.Decode(body, context.Charset, out string text) is { } encodingFault)
        {
            return encodingFault;
        }

        if (XmlScan.Judge(Encoding.UTF8.GetBytes(text), context.Limits, context.TakesList) is { } fault)
        {
            return fault;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), s_settings);
            return ReadRoot(reader, context, document);
        }
        catch (XmlException exception)
        {
            return new Fault(FaultCatalogue.MalformedXml,
                $"The body is not well-formed XML at line {exception.LineNumber}, column {exception.LinePosition}: "
                + Reason(exception));
        }
    }

    private static Fault? ReadRoot(XmlReader reader, BodyContext context, DocumentWriter document)
    {
        reader.MoveToContent();
        if (ReadElement(reader, context.Namespaces, out XmlElement root) is { } fault)
        {
            return fault;
        }

        while (reader.Read())
        {
            // The reader finds what may not stand behind the root.
        }

        if (!context.TakesList)
        {
            root.WriteTo(document, asObject: true);
            return null;
        }

        if (root.HasText)
        {
            return new Fault(FaultCatalogue.MalformedXml,
                "A list is taken here, and the root holds text. Put each item into an element of its own.");
        }

        document.StartArray();
        foreach (XmlElement item in root.Children.Where(child => child.Name[0] != '@'))
        {
            item.WriteTo(document, asObject: true);
        }

        document.EndArray();
        return null;
    }

    /// <summary>Reads the element on which the reader stands, with all below it.</summary>
    private static Fault? ReadElement(
        XmlReader reader, IReadOnlyDictionary<string, string> namespaces, out XmlElement element)
    {
        element = Start(reader, namespaces);
        if (reader.IsEmptyElement)
        {
            return null;
        }

        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (ReadElement(reader, namespaces, out XmlElement child) is { } fault)
                {
                    return fault;
                }

                element.AddElement(child);
            }
            else
            {
                element.AddText(reader.Value);
            }
        }

        // XML Schema part 1, §3.3.4: what is nil has neither text nor elements. Leaving it out would lose it.
        if (element.IsNil && (element.HasElements || element.HasText))
        {
            return new Fault(FaultCatalogue.MalformedXml,
                $"The element {ParsingFaults.Shown(Encoding.UTF8.GetBytes(element.Name))} says `xsi:nil` and is not "
                + "empty. Leave out one of the two.");
        }

        return element.HasElements && element.HasText
            ? new Fault(FaultCatalogue.MalformedXml,
                $"The element {ParsingFaults.Shown(Encoding.UTF8.GetBytes(element.Name))} mixes text and elements. Put "
                + "the text into an element of its own.")
            : null;
    }

    private static XmlElement Start(XmlReader reader, IReadOnlyDictionary<string, string> namespaces)
    {
        XmlElement element = new(NameOf(reader, namespaces));
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Instance)
            {
                element.IsNil |= reader.LocalName == "nil" && reader.Value.Trim() is "true" or "1";
            }
            else if (reader.NamespaceURI != Xmlns)
            {
                XmlElement attribute = new("@" + NameOf(reader, namespaces));
                attribute.AddText(reader.Value);
                element.AddAttribute(attribute);
            }
        }

        reader.MoveToElement();
        return element;
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
