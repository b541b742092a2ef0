using System.Runtime.InteropServices;
using System.Text;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Tests.Parsing;

public sealed class FormJsonTests
{
    private const string Typed = """
        {"type":"object","properties":{"age":{"type":"integer"},"news":{"type":"boolean"},"name":{"type":"string"},
          "tags":{"type":"array","items":{"type":"string"}},
          "rows":{"type":"array","items":{"type":"object","properties":{"qty":{"type":"integer"}}}}}}
        """;

    [Theory]
    [InlineData("""{"name":"Ada","message":"Hello\nthere \u00e9 \"x\""}""")]
    [InlineData("""  { "name" : "Ada" , "age" : 18, "news": true, "none": null } """)]
    [InlineData("""{"name":"Ada","tags":["a","b"],"rows":[{"qty":1},{"qty":2}],"more":{"a":"1","b":[]}}""")]
    [InlineData("""{"name":"a b","x":"é","y":"日本"}""")]
    [InlineData("{}")]
    [InlineData("""{"a":{"_b":"x","c[d]":"y"}}""")]
    [InlineData("""{"__proto__":"x"}""")]
    public void What_needs_no_change_keeps_its_bytes(string json)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        var parsed = new Reading(Typed).Json(body);
        Assert.True(parsed.KeptAsSent);
        Assert.True(MemoryMarshal.TryGetArray(parsed.Document, out ArraySegment<byte> kept));
        Assert.Same(body, kept.Array);
    }

    [Theory]
    [InlineData("""{"age":"18"}""", """{"age":18}""")]
    [InlineData("""{"age":"x","news":"on"}""", """{"age":"x","news":true}""")]
    [InlineData("""{"name":"","age":1.50}""", """{"age":1.50}""")]
    [InlineData("""{"name":" Ada\t"}""", """{"name":"Ada"}""")]
    [InlineData("""{"name":"\u00a0Ada"}""", """{"name":"Ada"}""")]
    [InlineData("""{"name":"\nAda"}""", """{"name":"Ada"}""")]
    [InlineData("""{"name":"Ada\n"}""", """{"name":"Ada"}""")]
    [InlineData("""{"name":"a\r\nb\rc"}""", """{"name":"a\nb\nc"}""")]
    [InlineData("""{"name":"a\u000db"}""", """{"name":"a\nb"}""")]
    [InlineData("""{"name":" \u00e9\ud83d\ude00\/ "}""", """{"name":"é😀/"}""")]
    [InlineData("""{"tags":"a"}""", """{"tags":["a"]}""")]
    [InlineData("""{"tags":["a","", " b "]}""", """{"tags":["a","b"]}""")]
    [InlineData("""{"tags":[""],"x":{"y":""},"z":{},"w":[]}""", """{"z":{},"w":[]}""")]
    [InlineData("""{"rows":[{"qty":"1"},{"qty":2}]}""", """{"rows":[{"qty":1},{"qty":2}]}""")]
    [InlineData("""{"a[b]":"1","a[c]":2}""", """{"a":{"b":"1","c":2}}""")]
    [InlineData("""{"a[]":"1"}""", """{"a":["1"]}""")]
    [InlineData("""{"a[]":["1","2"]}""", """{"a":["1","2"]}""")]
    [InlineData("""{"a[0]":{"b":"1"}}""", """{"a":[{"b":"1"}]}""")]
    [InlineData("""{"_key":"k","n":null,"t":true,"f":false,"x":-1e5}""", """{"n":null,"t":true,"f":false,"x":-1e5}""")]
    [InlineData("""{"n\u0061me":" x"}""", """{"name":"x"}""")]
    public void Strings_count_as_form_fields(string json, string document)
    {
        var parsed = new Reading(Typed).Json(json);
        Assert.False(parsed.KeptAsSent);
        Assert.Equal(document, Reading.Text(parsed));
    }

    [Fact]
    public void Control_fields_go_aside_as_their_text()
    {
        var parsed = new Reading().Json("""
            {"_key":"k\u0031","_gotcha":"","botcheck":true,"_n":null,
             "_list":["a", 1],"\u005fnext":" \/x ","name":"Ada"}
            """);
        Assert.Equal("""{"name":"Ada"}""", Reading.Text(parsed));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["_key"] = "k1", ["botcheck"] = "true", ["_list"] = """["a", 1]""", ["_next"] = "/x",
            },
            parsed.Control);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"x\"")]
    [InlineData("18")]
    [InlineData("null")]
    public void The_top_must_be_an_object(string json)
    {
        Fault? fault = new Reading().Json(json).Fault;
        Assert.Equal(FaultCatalogue.ValidationFailed, fault?.Kind);
        Assert.Equal("", Assert.Single(fault!.Errors).Pointer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_body_is_refused(string json) =>
        Assert.Equal(FaultCatalogue.EmptyBody, new Reading().Json(json).Fault?.Kind);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":\"")]
    [InlineData("{\"a\":\" x\"")]
    [InlineData("{\"a\":\"\",}")]
    [InlineData("{\"_key\":\"x\"]")]
    [InlineData("{\"a\":\"\",\"a\":\"\"}")]
    [InlineData("[1,")]
    [InlineData("}")]
    [InlineData("{\"a\":\" \\ud800\"}")]
    public void What_is_not_JSON_is_left_to_the_walk(string json) => Assert.True(new Reading().Json(json).KeptAsSent);

    [Theory]
    [InlineData("""{"a":"x\u0000y"}""", "/a")]
    [InlineData("""{"a":{"b":["x","\u0000"]}}""", "/a/b/1")]
    [InlineData("""{"a[b]":"\u0000"}""", "/a/b")]
    [InlineData("""{"a\u0000":"x"}""", "")]
    [InlineData("""{"_next":"\u0000"}""", "/_next")]
    public void NUL_is_refused_where_it_stands(string json, string pointer)
    {
        Fault? fault = new Reading().Json(json).Fault;
        Assert.Equal(FaultCatalogue.MalformedForm, fault?.Kind);
        Assert.Equal(pointer, Assert.Single(fault!.Errors).Pointer);
    }

    [Theory]
    [InlineData("""{"a":"1","b":"2","c":"3"}""", "limits.fields", 2)]
    [InlineData("""{"a":[1,2,3]}""", "limits.fields", 2)]
    [InlineData("""{"a":{"b":1,"c":2},"d":[]}""", "limits.fields", 2)]
    [InlineData("""{"_a":"1","_b":"2","_c":"3"}""", "limits.fields", 2)]
    [InlineData("""{"abcde":"1"}""", "limits.name", 4)]
    [InlineData("""{"a":{"bcdef":"1"}}""", "limits.name", 4)]
    [InlineData("""{"\u0061bcde":"1"}""", "limits.name", 4)]
    [InlineData("""{"a":"123456"}""", "limits.value", 5)]
    [InlineData("""{"a":["123456"]}""", "limits.value", 5)]
    [InlineData("""{"a":123456}""", "limits.value", 5)]
    [InlineData("""{"_key":"123456"}""", "limits.value", 5)]
    [InlineData("""{"_key":["123456"]}""", "limits.value", 5)]
    [InlineData("""{"a":{"b":{"c":{}}}}""", "limits.depth", 3)]
    [InlineData("""{"a":[[[]]]}""", "limits.depth", 3)]
    [InlineData("""{"a[b][c][d]":"1"}""", "limits.depth", 3)]
    [InlineData("""{"a[b][c]":{}}""", "limits.depth", 3)]
    [InlineData("""{"a[101]":"1"}""", "limits.index", 100)]
    public void A_limit_holds_in_every_notation(string json, string limit, long value)
    {
        LimitsDeclaration limits = new() { Fields = 2, Name = limit == "limits.name" ? 4 : 20, Value = 5, Depth = 3 };
        Fault? fault = new Reading(limits: limits).Json(json).Fault;
        Assert.Equal(FaultCatalogue.LimitExceeded, fault?.Kind);
        Assert.Equal(new LimitFault(limit, value), fault?.Limit);
    }

    [Fact]
    public void An_escape_does_not_count_against_a_value()
    {
        LimitsDeclaration limits = new() { Value = 5, Name = 2 };
        string text = Reading.Text(new Reading(limits: limits).Json("""{"\u0061b":"\u0031\u0032345"}"""));
        Assert.Equal("""{"ab":"12345"}""", text);
    }

    [Theory]
    [InlineData("""{"a":" x ","_key":"k"}""")]
    [InlineData("[1]")]
    public void Other_kinds_keep_their_JSON(string json) =>
        Assert.True(new Reading(asForm: false).Json(json).KeptAsSent);

    [Fact]
    public void No_text_of_the_JSON_corpus_throws_and_what_is_JSON_stays_what_it_says()
    {
        string[] files = Directory.GetFiles(Path.Combine(Corpora.Folder("json-parsing"), "test_parsing"), "*.json");
        Assert.Equal(318, files.Length);
        foreach (string file in files)
        {
            var parsed = new Reading(Typed).Json(File.ReadAllBytes(file));
            bool isRefusable = Path.GetFileName(file).StartsWith("n_", StringComparison.Ordinal);
            Assert.True(!isRefusable || parsed.KeptAsSent || parsed.IsRefused, file);
        }
    }
}
