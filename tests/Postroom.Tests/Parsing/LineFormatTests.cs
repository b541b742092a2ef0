using System.Text;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Parsing;

namespace Postroom.Tests.Parsing;

/// <summary>CSV, NDJSON and plain text.</summary>
public sealed class LineFormatTests
{
    private const string Row = """
        {"type":"object","properties":{"n":{"type":"integer"},"name":{"type":"string"},
          "tags":{"type":"array","items":{"type":"string"}}}}
        """;

    private const string List = "{\"type\":\"array\",\"items\":" + Row + "}";

    [Theory]
    [InlineData("name,n\r\nAda,18\r\n", """{"name":"Ada","n":18}""")]
    [InlineData("name,n\nAda,18", """{"name":"Ada","n":18}""")]
    [InlineData("name,n\rAda,18\r", """{"name":"Ada","n":18}""")]
    [InlineData("\uFEFFname,n\n\n\nAda,\n\n", """{"name":"Ada"}""")]
    [InlineData("name,n\n\"A,\"\"d\"\"\r\na\",18", """{"name":"A,\"d\"\na","n":18}""")]
    [InlineData("name,tags\n=1+1,a", """{"name":"=1+1","tags":["a"]}""")]
    [InlineData("\"name\",a[b]\nAda,1", """{"name":"Ada","a":{"b":"1"}}""")]
    [InlineData("name,_key\nAda,abcdefgh", """{"name":"Ada"}""")]
    public void A_row_of_CSV_is_an_object(string csv, string json) =>
        Assert.Equal(json, Reading.Text(new Reading(Row).As("text/csv", csv)));

    [Fact]
    public void Rows_of_CSV_are_a_list_where_the_schema_is_one() => Assert.Equal(
        """[{"name":"Ada","n":1},{"n":2},{"name":"=cmd","n":3}]""",
        Reading.Text(new Reading(List).As("text/csv", "name,n\nAda,1\n,2\n=cmd,3\n")));

    [Theory]
    [InlineData("a,b\n1\n", "line 2 has 1 field")]
    [InlineData("a,b\n\n\n\"x\ny\",2,3\n", "line 4 has 3 fields")]
    [InlineData("a,b\n1,\"2\n3", "begins on line 2")]
    [InlineData("a,b\n1,x\"y\"", "quote inside a field on line 2")]
    [InlineData("a,b\n1,\"x\"y", "behind a closing quote on line 2")]
    [InlineData("a,a\n1,2", "\"a\" twice")]
    [InlineData("a,,b\n1,2,3", "Column 2")]
    [InlineData("a,b\n", "no row")]
    [InlineData("a\n1\n2\n", "takes one")]
    public void What_is_not_CSV_is_refused_with_its_place(string csv, string words)
    {
        Fault? fault = new Reading().As("text/csv", csv).Fault;
        Assert.Equal(FaultCatalogue.MalformedCsv, fault?.Kind);
        Assert.Contains(words, fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"Ada\",\"n\":\"18\"}", """{"name":"Ada","n":18}""")]
    [InlineData("\r\n \r\n{\"name\": \"Ada\"}\r\n\r\n", """{"name": "Ada"}""")]
    public void A_line_of_NDJSON_is_an_object(string text, string json) =>
        Assert.Equal(json, Reading.Text(new Reading(Row).As("application/x-ndjson", text)));

    [Fact]
    public void A_faulty_line_of_NDJSON_is_told_in_sentences() => Assert.EndsWith(
        "a string is not closed. Every line is one JSON text.",
        new Reading(List).As("application/x-ndjson", "{}\n{\"x").Fault?.Message, StringComparison.Ordinal);

    [Fact]
    public void Lines_of_NDJSON_are_a_list_where_the_schema_is_one() => Assert.Equal(
        """[{"n":1},{"n":2}]""",
        Reading.Text(new Reading(List).As("application/jsonl", "{\"n\":1}\n\n{\"n\":\"2\",\"name\":\"\"}\r\n")));

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":}\n", "Line 2")]
    [InlineData("{\"a\":1,\"a\":2}", "Line 1")]
    [InlineData("{\"a\":1} {\"a\":2}", "Line 1")]
    [InlineData("{}\n{\"a\":1},{\"a\":2}", "Line 2")]
    [InlineData("{}\n{\"a\":[1\n2]}", "Line 2")]
    [InlineData("{\"a\":1},{\"b\":2}\n{\"c\":[1\n2]}", "Line 1")]
    [InlineData("{\"a\":[1}\n{\"b\":1]}", "Line 1")]
    [InlineData("{\"a\":\"\n\"}", "Line 1")]
    public void A_line_that_is_not_JSON_is_named(string text, string words)
    {
        Fault? fault = new Reading(List).As("application/x-ndjson", text).Fault;
        Assert.Equal(FaultCatalogue.MalformedJson, fault?.Kind);
        Assert.Contains(words, fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_JSON_is_a_list_where_the_schema_is_one()
    {
        Assert.Equal("""[{"n":1},{"n":2}]""", Reading.Text(new Reading(List).Json("""[{"n":"1"}, {"n":2}]""")));
        Assert.Equal(FaultCatalogue.ValidationFailed, new Reading(Row).Json("[{}]").Fault?.Kind);
        Fault? item = new Reading(List).Json("[{},3]").Fault;
        Assert.Equal("/1", item?.Errors[0].Pointer);
        Assert.Equal("/1/name", new Reading(List).Json("[{},{\"name\":\"\\u0000\"}]").Fault?.Errors[0].Pointer);
    }

    [Theory]
    [InlineData("text/csv", "n\n1\n2\n3\n")]
    [InlineData("application/x-ndjson", "{}\n{}\n{}\n")]
    [InlineData("application/json", "[{},{},{}]")]
    [InlineData("text/xml", "<a><b/><b/><b/></a>")]
    public void A_list_has_its_limit(string mediaType, string body)
    {
        Assert.False(new Reading(List, new LimitsDeclaration { Items = 3 }).As(mediaType, body).IsRefused);
        Fault? fault = new Reading(List, new LimitsDeclaration { Items = 2 }).As(mediaType, body).Fault;
        Assert.Equal(new LimitFault("limits.items", 2), fault?.Limit);
    }

    [Fact]
    public void A_document_may_be_as_large_as_a_body()
    {
        string csv = new string('n', 200) + "\n" + string.Concat(Enumerable.Repeat("1\n", 5000));
        Fault? fault = new Reading(List, new LimitsDeclaration { Body = 100_000 }).As("text/csv", csv).Fault;
        Assert.Equal(new LimitFault("limits.body", 100_000), fault?.Limit);
    }

    [Theory]
    [InlineData("{}", """{"text":"Hello\nthere"}""")]
    [InlineData("""{"properties":{"note":{"type":"string"},"n":{"type":"integer"}}}""", """{"note":"Hello\nthere"}""")]
    public void A_plain_text_is_one_field(string schema, string json) =>
        Assert.Equal(json, Reading.Text(new Reading(schema).As("text/plain", "\uFEFF Hello\r\nthere\r\n")));

    [Theory]
    [InlineData("text/csv")]
    [InlineData("text/plain")]
    [InlineData("text/xml")]
    public void Text_that_is_not_UTF_8_is_refused(string mediaType) =>
        Assert.Equal(400, new Reading().As(mediaType, [(byte)'<', (byte)'a', 0xFF, (byte)'\n']).Fault?.Kind.Status);

    [Theory]
    [InlineData("application/json", "<a><b>1</b></a>", "The body looks like XML but Content-Type says JSON. Add `Content-Type: application/xml`.")]
    [InlineData("application/x-www-form-urlencoded", "<a><b>1</b></a>", "The body looks like XML but Content-Type says form data. Add `Content-Type: application/xml`.")]
    [InlineData("text/xml", "{\"a\":1}", "The body looks like JSON but Content-Type says XML. Add `Content-Type: application/json`.")]
    [InlineData("text/xml", "a=1&b=2", "The body looks like form data but Content-Type says XML. Add `Content-Type: application/x-www-form-urlencoded`.")]
    [InlineData("application/json", "\uFEFF{}", "The JSON begins with a byte order mark. Save it as UTF-8 without BOM (RFC 8259 §8.1).")]
    [InlineData("application/json", "a=1", "The body looks like form data but Content-Type says JSON. Send JSON, or set `Content-Type: application/x-www-form-urlencoded`.")]
    public void The_classic_slips_have_their_words(string mediaType, string body, string message) =>
        Assert.Equal(message, new Reading().As(mediaType, body).Fault?.Message);

    [Fact]
    public void JSON_in_UTF_16_is_told_so()
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] text = encoding.GetBytes("{\"a\":1}");
            Assert.Equal(ParsingFaults.JsonIsWide, new Reading().As("application/json", text).Fault);
            Assert.Equal(ParsingFaults.JsonIsWide,
                new Reading().As("application/json", [.. encoding.GetPreamble(), .. text]).Fault);
        }
    }
}
