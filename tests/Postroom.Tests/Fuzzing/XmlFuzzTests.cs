using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Postroom.Faults;
using Postroom.Parsing;
using Postroom.Tests.Parsing;

namespace Postroom.Tests.Fuzzing;

/// <summary>XML beside what XmlReader takes and XDocument holds.</summary>
public sealed class XmlFuzzTests
{
    private const int Rounds = 3000;
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly byte[][] Documents =
    [
        """<?xml version="1.0"?><c id='1'><n>18</n><flag>on</flag><tags>1</tags><tags>2</tags></c>"""u8.ToArray(),
        "<c xmlns:x='urn:x'><x:rows><n>3</n></x:rows><!-- -- --><child><child><n>4</n></child></child></c>"u8.ToArray(),
        "<c xmlns:x='urn:x'><x:rows a=\"1\" x:b=\"&lt;2\">t</x:rows><!-- c --><?p q?><child><child>é</child></child></c>"u8.ToArray(),
        "<c><text>a&amp;b<![CDATA[<x>]]>&#233;&#x1F600;</text><grid> 1 </grid><empty/><blank> </blank></c>"u8.ToArray(),
        "<c xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a i:nil='true'/><b i:nil='false'>x</b></c>\n<!-- -->"u8.ToArray(),
    ];

    private static readonly string[] Tokens =
    [
        "<", ">", "</", "/>", "<a>", "</a>", "<a/>", " a='1'", " b=\"2\"", " xmlns='urn:y'", " xmlns:x='urn:x'", "x:", ":", "&lt;", "&amp;",
        "&#65;", "&#0;", "&#xD800;", "&x;", "&", "<!--", "-->", "--", "<![CDATA[", "]]>", "<?x", "?>", "<?xml version='1.0'?>", "<!DOCTYPE c>",
        "\0", "\x01", "\xC3\xA9", "\xFF", "\xEF\xBF\xBF", "\xEF\xBB\xBF", "\r\n", "\t", " ", "'", "\"", "=", "-", "\xE2\x80\xA8", "xml:space='preserve'",
    ];

    private readonly Reading _any = new();

    [Fact]
    public void A_document_is_what_the_framework_reads()
    {
        FuzzRun run = new(Rounds);
        Mutations mutations = new(run.Random, Documents, Tokens);
        while (run.Next())
        {
            byte[] body = mutations.Next();
            run.Judge(() => run.Accepted += Compare(body) ? 1 : 0, body);
        }
    }

    private bool Compare(byte[] body)
    {
        ParsedBody parsed = _any.As("application/xml", body);
        XElement? root = Parse(body);
        if (parsed.IsRefused)
        {
            // Of what is well-formed this only is refused as if it were not: text beside elements.
            bool isMixed = root?.DescendantsAndSelf().Any(element =>
                element.HasElements && !string.IsNullOrWhiteSpace(TextOf(element))) == true;
            Assert.True(root is null || isMixed || parsed.Fault.Kind != FaultCatalogue.MalformedXml, parsed.Fault.Message);
            return false;
        }

        Assert.NotNull(root);
        JsonNode? whole = ValueOf(root);
        JsonObject expected = whole as JsonObject ?? [];
        if (whole is JsonValue && !string.IsNullOrWhiteSpace(TextOf(root)))
        {
            expected["#text"] = TextOf(root);
        }

        if (FormModel.Covers(expected))
        {
            JsonNode? cleaned = FormModel.Clean(expected, out _);
            JsonNode? actual = JsonNode.Parse(parsed.Document.Span);
            Assert.True(JsonNode.DeepEquals(cleaned, actual), $"{cleaned?.ToJsonString()} {actual?.ToJsonString()}");
        }

        return true;
    }

    private static XElement? Parse(byte[] body)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            using XmlReader reader = XmlReader.Create(
                new StringReader(text.StartsWith('\uFEFF') ? text[1..] : text),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root;
        }
        catch (Exception fault) when (fault is XmlException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>An element as docs/bodies.md says; what is empty is left for the model of forms to take away.</summary>
    private static JsonNode? ValueOf(XElement element)
    {
        if (element.Attributes().Any(attribute =>
            attribute.Name == XName.Get("nil", Instance) && attribute.Value.Trim() is "true" or "1"))
        {
            return null;
        }

        XAttribute[] attributes = [.. element.Attributes().Where(attribute =>
            !attribute.IsNamespaceDeclaration && attribute.Name.NamespaceName != Instance)];
        if (attributes.Length == 0 && !element.HasElements)
        {
            return JsonValue.Create(TextOf(element));
        }

        JsonObject members = [];
        IEnumerable<(string Name, JsonNode? Value)> values = attributes
            .Select(attribute => ("@" + attribute.Name.LocalName, (JsonNode?)JsonValue.Create(attribute.Value)))
            .Concat(element.Elements().Select(child => (child.Name.LocalName, ValueOf(child))));
        foreach (IGrouping<string, (string Name, JsonNode? Value)> group in values.GroupBy(pair => pair.Name))
        {
            JsonNode?[] present = [.. group.Select(pair => pair.Value).Where(IsPresent)];
            if (present.Length > 0)
            {
                members.Add(group.Key, present.Length == 1 ? present[0] : new JsonArray(present));
            }
        }

        members.Add("#text", TextOf(element));
        return members;
    }

    private static bool IsPresent(JsonNode? node)
    {
        FormModel.Clean(node, out bool isPresent);
        return isPresent;
    }

    private static string TextOf(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value));
}
