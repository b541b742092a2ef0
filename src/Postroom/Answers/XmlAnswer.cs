using System.Text;
using System.Text.Json;
using System.Xml;

namespace Postroom.Answers;

/// <summary>
/// JSON that we rendered as XML 1.0. What is kept with an entry is JSON alone, and the XML of an answer follows from
/// it: so a repeat gets the same bytes in this form too.
/// </summary>
internal sealed class XmlAnswer
{
    public const string MediaType = "application/xml; charset=utf-8";
    public const string TextMediaType = "text/xml; charset=utf-8";
    public const string ProblemMediaType = "application/problem+xml; charset=utf-8";

    /// <summary>Browsers run what XML tells them to; there is nothing in ours for which they should.</summary>
    public const string Policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    // RFC 9457 appendix B: the namespace kept the number of the older text.
    private const string ProblemNamespace = "urn:ietf:rfc:7807";
    private const string InstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),

        // A reader makes LF of a bare CR (XML 1.0 §2.11).
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly XmlWriter _xml;
    private readonly string _namespace;
    private readonly bool _isProblem;

    private XmlAnswer(XmlWriter xml, bool isProblem)
    {
        _xml = xml;
        _isProblem = isProblem;
        _namespace = isProblem ? ProblemNamespace : "";
    }

    /// <summary>An answer by the mapping by which XML is read: a list is its elements, one by one.</summary>
    public static ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> json) => Render(json, "answer", isProblem: false);

    /// <summary>A problem document (RFC 9457 appendix B): a list has an <c>i</c> for each item.</summary>
    public static ReadOnlyMemory<byte> RenderProblem(ReadOnlyMemory<byte> json) =>
        Render(json, "problem", isProblem: true);

    private static ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> json, string root, bool isProblem)
    {
        using var document = JsonDocument.Parse(json, JsonText.Options);
        var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, Settings))
        {
            new XmlAnswer(xml, isProblem).WriteElement(root, document.RootElement);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private void WriteValue(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            WriteElement(name, value);
            return;
        }

        if (_isProblem)
        {
            _xml.WriteStartElement(name, _namespace);
        }

        foreach (var item in value.EnumerateArray())
        {
            WriteValue(_isProblem ? "i" : name, item);
        }

        if (_isProblem)
        {
            _xml.WriteEndElement();
        }
    }

    private void WriteElement(string name, JsonElement value)
    {
        _xml.WriteStartElement(name, _namespace);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    WriteValue(Name(member), member.Value);
                }

                break;
            case JsonValueKind.Null:
                _xml.WriteAttributeString("xsi", "nil", InstanceNamespace, "true");
                break;
            default:
                _xml.WriteString(Allowed(JsonText.Scalar(value)));
                break;
        }

        _xml.WriteEndElement();
    }

    /// <summary>What XML does not take in a name is written as <c>_x0020_</c>.</summary>
    private static string Name(JsonProperty member) =>
        XmlConvert.EncodeLocalName(JsonText.Name(member)) is { Length: > 0 } name ? name : "_";

    /// <summary>The text with U+FFFD for what XML has no way to write (XML 1.0 §2.2).</summary>
    private static string Allowed(string text)
    {
        var wrong = FirstForbidden(text, 0);
        if (wrong < 0)
        {
            return text;
        }

        var allowed = new StringBuilder(text);
        for (; wrong >= 0; wrong = FirstForbidden(text, wrong + 1))
        {
            allowed[wrong] = '\uFFFD';
        }

        return allowed.ToString();
    }

    private static int FirstForbidden(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            {
                at++;
            }
            else if (!XmlConvert.IsXmlChar(text[at]))
            {
                return at;
            }
        }

        return -1;
    }
}
