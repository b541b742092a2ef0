using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

public sealed class XmlFormatTests
{
    private const string Typed = """
        {"type":"object","properties":{"age":{"type":"integer"},"news":{"type":"boolean"},"name":{"type":"string"},
          "tags":{"type":"array","items":{"type":"string"}},
          "rows":{"type":"array","items":{"type":"object","properties":{"n":{"type":"number"}}}}}}
        """;

    [Theory]
    [InlineData("<c><name>Ada</name><age>18</age></c>", """{"name":"Ada","age":"18"}""")]
    [InlineData("<c id='7'><name lang=\"en\">Ada</name></c>", """{"@id":"7","name":{"@lang":"en","#text":"Ada"}}""")]
    [InlineData("<c><a>1</a><b/><a>2</a></c>", """{"a":["1","2"]}""")]
    [InlineData("<c><a/><a>2</a></c>", """{"a":"2"}""")]
    [InlineData("<c><a><b>1</b></a><a><b>2</b></a></c>", """{"a":[{"b":"1"},{"b":"2"}]}""")]
    [InlineData("<c>Hello</c>", """{"#text":"Hello"}""")]
    [InlineData("<c/>", "{}")]
    [InlineData("<c><a><![CDATA[<b> & ]]>x</a></c>", """{"a":"<b> & x"}""")]
    [InlineData("<!-- x --><?p y?><c><!-- z --><a>1<!-- z -->2</a></c><!-- x -->", """{"a":"12"}""")]
    [InlineData("<c><a>&lt;&#65;&#x1F600;&quot;</a></c>", """{"a":"<A😀\""}""")]
    [InlineData("<x:c xmlns:x='urn:x' xmlns='urn:y'><x:a>1</x:a><b x:d='2'>3</b></x:c>",
        """{"a":"1","b":{"@d":"2","#text":"3"}}""")]
    [InlineData("<c xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='u v'>"
        + "<a xsi:nil='true'/></c>", """{"a":null}""")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?>\r\n<c>\r\n  <a>\r\n 1\r\n2 </a>\r\n</c>\r\n", """{"a":"1\n2"}""")]
    [InlineData("\uFEFF<c><a>1</a></c>", """{"a":"1"}""")]
    [InlineData("<c><_key>abc</_key><a>1</a></c>", """{"a":"1"}""")]
    public void XML_becomes_the_document_that_the_page_of_formats_says(string xml, string json) =>
        Assert.Equal(json, Reading.Text(new Reading().As("application/xml", xml)));

    [Theory]
    [InlineData("<c><age>18</age><news>yes</news><name>007</name></c>", """{"age":18,"news":true,"name":"007"}""")]
    [InlineData("<c><tags>a</tags></c>", """{"tags":["a"]}""")]
    [InlineData("<c><tags>a</tags><tags>b</tags></c>", """{"tags":["a","b"]}""")]
    [InlineData("<c><rows><n>1</n></rows></c>", """{"rows":[{"n":1}]}""")]
    [InlineData("<c><rows><n>1</n></rows><rows><n>2.50</n></rows></c>", """{"rows":[{"n":1},{"n":2.50}]}""")]
    [InlineData("<c><age></age></c>", "{}")]
    public void The_schema_says_the_types(string xml, string json) =>
        Assert.Equal(json, Reading.Text(new Reading(Typed).As("text/xml", xml)));

    [Fact]
    public void A_namespace_that_is_declared_keeps_its_prefix()
    {
        Reading reading = new(namespaces: new Dictionary<string, string> { ["a"] = "urn:address" });
        Assert.Equal("""{"a:street":"x","street":"y","b":{"@a:c":"1"}}""", Reading.Text(reading.As("application/xml",
            "<c xmlns:q='urn:address'><q:street>x</q:street><street>y</street><b q:c='1'/></c>")));
    }

    [Theory]
    [InlineData("utf-16", "utf-16", true)]
    [InlineData(null, "utf-16", true)]
    [InlineData(null, null, true)]
    [InlineData("utf-16", "utf-8", false)]
    [InlineData("utf-8", "utf-16", false)]
    [InlineData(null, "iso-8859-1", false)]
    public void UTF_16_is_read_when_all_say_so(string? charset, string? declared, bool isRead)
    {
        string xml = (declared is null ? "" : $"<?xml version='1.0' encoding='{declared}'?>") + "<c><a>é</a></c>";
        foreach (Encoding encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            ParsedBody parsed = new Reading().As(
                "text/xml" + (charset is null ? "" : "; charset=" + charset),
                [.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]);
            Assert.Equal(isRead, !parsed.IsRefused);
        }
    }

    [Theory]
    [InlineData("text/xml; charset=utf-16", "<c/>")]
    [InlineData("text/xml", "<?xml version='1.0' encoding='utf-16'?><c/>")]
    public void An_encoding_that_contradicts_the_bytes_is_refused(string mediaType, string xml) =>
        Assert.Equal(FaultCatalogue.MalformedXml, new Reading().As(mediaType, xml).Fault?.Kind);

    [Fact]
    public void A_declared_encoding_that_is_not_read_is_unsupported() => Assert.Equal(
        FaultCatalogue.MediaTypeUnsupported,
        new Reading().As("text/xml", "<?xml version='1.0' encoding='windows-1252'?><c/>").Fault?.Kind);

    [Theory]
    [InlineData("<c>")]
    [InlineData("<c></d>")]
    [InlineData("<c a='1' a='2'/>")]
    [InlineData("<c/><d/>")]
    [InlineData("<c>&nbsp;</c>")]
    [InlineData("<c><x:a/></c>")]
    [InlineData("<c>\u0001</c>")]
    [InlineData("<c>&#0;</c>")]
    [InlineData("<c><a>text <b>bold</b></a></c>")]
    [InlineData("<?xml version='1.1'?><c/>")]
    [InlineData("<c>]]></c>")]
    [InlineData("<c>\uFFFE</c>")]
    [InlineData("<c xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a i:nil='true'>lost</a></c>")]
    [InlineData("<c xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a i:nil='1'><b>lost</b></a></c>")]
    public void What_is_not_XML_is_refused_with_words(string xml)
    {
        Fault? fault = new Reading().As("application/xml", xml).Fault;
        Assert.Equal(FaultCatalogue.MalformedXml, fault?.Kind);
        Assert.EndsWith(".", fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_tells_line_and_column() => Assert.StartsWith(
        "The body is not well-formed XML at line 2, column 2: ",
        new Reading().As("application/xml", "<c>\n</d>").Fault?.Message.Replace("column 3", "column 2"),
        StringComparison.Ordinal);

    public static TheoryData<string> Attacks => new(
        "<!DOCTYPE c [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><c>&b;</c>",
        "<!DOCTYPE c SYSTEM 'file:///etc/passwd'><c/>",
        "<?xml version='1.0'?><!-- x --><!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><c>&x;</c>");

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_DTD_is_refused_unread(string xml)
    {
        Fault? fault = new Reading().As("application/xml", xml).Fault;
        Assert.Equal(FaultCatalogue.MalformedXml, fault?.Kind);
        Assert.Contains("DTD", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("levels", "limits.depth", 32)]
    [InlineData("attributes", "limits.fields", 1000)]
    [InlineData("elements", "limits.fields", 1000)]
    [InlineData("attributes of one", "limits.fields", 1000)]
    public void Attacks_are_refused_before_they_cost_memory(string what, string limit, long value)
    {
        byte[] body = Encoding.ASCII.GetBytes(what switch
        {
            "levels" => string.Concat(Enumerable.Repeat("<a>", 200_000)),
            "attributes" => "<a>" + string.Concat(Enumerable.Repeat("<b c=''/>", 80_000)),
            "elements" => "<a>" + string.Concat(Enumerable.Repeat("<b/>", 200_000)),
            _ => "<a " + string.Concat(Enumerable.Range(0, 80_000).Select(index => $"a{index}='' ")) + "/>",
        });
        Reading reading = new();
        reading.As("application/xml", body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fault? fault = reading.As("application/xml", body).Fault;
        Assert.Equal(new LimitFault(limit, value), fault?.Limit);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4L * body.Length) + 100_000);
    }

    [Fact]
    public void Names_and_values_have_their_limits()
    {
        Reading reading = new(limits: new LimitsDeclaration { Name = 4, Value = 6 });
        Assert.Equal("limits.name", reading.As("text/xml", "<c><abcde>1</abcde></c>").Fault?.Limit?.Name);
        Assert.Equal("limits.value", reading.As("text/xml", "<c><a>1234567</a></c>").Fault?.Limit?.Name);
        Assert.False(reading.As("text/xml", "<c><abcd>123456</abcd></c>").IsRefused);
    }

    [Fact]
    public void A_list_has_the_elements_of_the_root()
    {
        Reading reading = new("""{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}}}}""");
        Assert.Equal("""[{"n":1},{"n":2}]""",
            Reading.Text(reading.As("text/xml", "<rows><row><n>1</n></row><row><n>2</n></row></rows>")));
        Assert.Equal(FaultCatalogue.MalformedXml, reading.As("text/xml", "<rows>1</rows>").Fault?.Kind);
    }

    [Fact]
    public void Limits_of_a_form_hold_for_each_item_of_a_list_as_in_every_format()
    {
        Reading reading = new("""{"type":"array","items":{"type":"object"}}""", new LimitsDeclaration { Fields = 2 });
        Assert.False(reading.As("text/xml",
            "<r x='1' y='2'>" + string.Concat(Enumerable.Repeat("<i a='1'><n>1</n></i>", 500)) + "</r>").IsRefused);
        Assert.Equal("limits.fields",
            reading.As("text/xml", "<r><i><n>1</n></i><i a='1'><n>1</n><m>2</m></i></r>").Fault?.Limit?.Name);
    }
}
