using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Tests.Parsing;

public sealed class FormDocumentTests
{
    private const string Typed = """
        {"type":"object","properties":{
          "age":{"type":"integer"},"price":{"type":"number"},"news":{"type":"boolean"},"name":{"type":"string"},
          "tags":{"type":"array","items":{"type":"string"}},"scores":{"type":"array","items":{"type":"integer"}},
          "maybe":{"type":["integer","null"]},"either":{"type":["string","integer"]},"level":{"enum":[1,2,3]},
          "map":{"type":"object","additionalProperties":{"type":"integer"}},
          "rows":{"type":"array","items":{"type":"object","properties":{"qty":{"type":"integer"}}}}}}
        """;

    [Theory]
    [InlineData("name=Ada&email=ada%40example.com", """{"name":"Ada","email":"ada@example.com"}""")]
    [InlineData("b=1&a=2&b=3", """{"b":["1","3"],"a":"2"}""")]
    [InlineData("a[b]=1&a[c]=2&d=3&a[e]=4", """{"a":{"b":"1","c":"2","e":"4"},"d":"3"}""")]
    [InlineData("a[]=1", """{"a":["1"]}""")]
    [InlineData("a[]=1&a[]=2", """{"a":["1","2"]}""")]
    [InlineData("a[1]=y&a[0]=x", """{"a":["x","y"]}""")]
    [InlineData("a[100]=z&a[7]=y&a[0]=x", """{"a":["x","y","z"]}""")]
    [InlineData("a[0][b]=1&a[1][b]=2&a[0][c]=3", """{"a":[{"b":"1","c":"3"},{"b":"2"}]}""")]
    [InlineData("a[b][]=1&a[b][]=2", """{"a":{"b":["1","2"]}}""")]
    [InlineData("a[b][c][d]=1", """{"a":{"b":{"c":{"d":"1"}}}}""")]
    [InlineData("a%5Bb%5D=1", """{"a":{"b":"1"}}""")]
    [InlineData("a[b=1&a]=2&[a]=3", """{"a[b":"1","a]":"2","[a]":"3"}""")]
    [InlineData("a[b]c=4&a[[b]]=5&a][=6", """{"a[b]c":"4","a[[b]]":"5","a][":"6"}""")]
    [InlineData("a[01]=1", """{"a":{"01":"1"}}""")]
    [InlineData("a[__proto__]=1&__proto__=3", """{"a":{"__proto__":"1"},"__proto__":"3"}""")]
    [InlineData("constructor=2", """{"constructor":"2"}""")]
    [InlineData("q=%22%5C%01%0D%0A%09x", """{"q":"\"\\\u0001\n\tx"}""")]
    [InlineData("q=%3Cb%3E%26%27%C3%A9%F0%9F%98%80", """{"q":"<b>&'é😀"}""")]
    public void Names_make_the_document(string body, string document) =>
        Assert.Equal(document, Reading.Text(new Reading().Urlencoded(body)));

    [Theory]
    [InlineData("a=+x+", """{"a":"x"}""")]
    [InlineData("a=%C2%A0x%E3%80%80%09", """{"a":"x"}""")]
    [InlineData("a=x%0D%0Ay%0Dz%0A%0D%0D%0Aw", """{"a":"x\ny\nz\n\n\nw"}""")]
    [InlineData("a=&b=x", """{"b":"x"}""")]
    [InlineData("a=+%0D%0A&b=x", """{"b":"x"}""")]
    [InlineData("a[]=&a[]=x&a[]=", """{"a":["x"]}""")]
    [InlineData("a[0]=&a[1]=x", """{"a":["x"]}""")]
    [InlineData("a[b]=&c=", "{}")]
    [InlineData("a[0][b]=&a[1][b]=x", """{"a":[{"b":"x"}]}""")]
    [InlineData("a%0D%0Ab=x", """{"a\nb":"x"}""")]
    public void Text_is_cleaned_and_an_empty_box_is_absent(string body, string document) =>
        Assert.Equal(document, Reading.Text(new Reading().Urlencoded(body)));

    [Fact]
    public void Cleaning_can_be_switched_off() => Assert.Equal(
        """{"a":" x\r\n ","b":" "}""", Reading.Text(new Reading(cleans: false).Urlencoded("a=+x%0D%0A+&b=+&c=")));

    [Theory]
    [InlineData("age=18", """{"age":18}""")]
    [InlineData("age=+18+", """{"age":18}""")]
    [InlineData("age=007", """{"age":"007"}""")]
    [InlineData("age=1.5", """{"age":1.5}""")]
    [InlineData("age=many", """{"age":"many"}""")]
    [InlineData("price=123456789012345678901234567890.10", """{"price":123456789012345678901234567890.10}""")]
    [InlineData("price=1e400", """{"price":1e400}""")]
    [InlineData("price=-0", """{"price":-0}""")]
    [InlineData("price=%2B5", """{"price":"+5"}""")]
    [InlineData("price=1%2C5", """{"price":"1,5"}""")]
    [InlineData("news=on", """{"news":true}""")]
    [InlineData("news=True", """{"news":true}""")]
    [InlineData("news=1", """{"news":true}""")]
    [InlineData("news=yes", """{"news":true}""")]
    [InlineData("news=off", """{"news":false}""")]
    [InlineData("news=0", """{"news":false}""")]
    [InlineData("news=no", """{"news":false}""")]
    [InlineData("news=FALSE", """{"news":false}""")]
    [InlineData("news=perhaps", """{"news":"perhaps"}""")]
    [InlineData("name=18", """{"name":"18"}""")]
    [InlineData("other=18", """{"other":"18"}""")]
    [InlineData("either=18", """{"either":"18"}""")]
    [InlineData("maybe=18", """{"maybe":18}""")]
    [InlineData("level=2", """{"level":2}""")]
    [InlineData("tags=a", """{"tags":["a"]}""")]
    [InlineData("tags=a&tags=b", """{"tags":["a","b"]}""")]
    [InlineData("tags[]=a", """{"tags":["a"]}""")]
    [InlineData("tags=", "{}")]
    [InlineData("scores=1&scores=x&scores=3", """{"scores":[1,"x",3]}""")]
    [InlineData("scores[1]=2&scores[0]=1", """{"scores":[1,2]}""")]
    [InlineData("name=a&name=b", """{"name":["a","b"]}""")]
    [InlineData("map[0]=1&map[7000]=2&map[x]=3", """{"map":{"0":1,"7000":2,"x":3}}""")]
    [InlineData("rows[0][qty]=1&rows[1][qty]=2", """{"rows":[{"qty":1},{"qty":2}]}""")]
    public void The_schema_says_what_a_text_is(string body, string document) =>
        Assert.Equal(document, Reading.Text(new Reading(Typed).Urlencoded(body)));

    [Theory]
    [InlineData(
        """{"oneOf":[{"properties":{"n":{"type":"integer"}}},{"properties":{"b":{"type":"boolean"}}}]}""",
        "n=1&b=on",
        """{"n":1,"b":true}""")]
    [InlineData("""{"properties":{"n":{"anyOf":[{"type":"integer"},{"type":"boolean"}]}}}""", "n=1", """{"n":1}""")]
    [InlineData("""{"properties":{"n":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}""", "n=1", """{"n":1}""")]
    [InlineData("""{"allOf":[{"properties":{"n":{"type":"integer"}}}]}""", "n=1", """{"n":1}""")]
    [InlineData(
        """{"properties":{"n":{"type":"integer"},"child":{"$ref":"#"}}}""",
        "child[child][n]=1",
        """{"child":{"child":{"n":1}}}""")]
    public void Types_are_found_through_references_and_alternatives(string schema, string body, string document) =>
        Assert.Equal(document, Reading.Text(new Reading(schema).Urlencoded(body)));

    [Theory]
    [InlineData("a=1&a[b]=2", "a[b]")]
    [InlineData("a[b]=1&a=2", "a")]
    [InlineData("a[b]=1&a[0]=2", "a[0]")]
    [InlineData("a[0]=1&a[b]=2", "a[b]")]
    [InlineData("a[]=1&a[0]=2", "a[0]")]
    [InlineData("a=1&a[]=2", "a[]")]
    [InlineData("a[][b]=1", "a[][b]")]
    [InlineData("a[b]=&a=1", "a")]
    [InlineData("_key=1&_key=2", "_key")]
    public void A_contradiction_is_refused_and_names_its_field(string body, string field)
    {
        Fault? fault = new Reading().Urlencoded(body).Fault;
        Assert.Equal(FaultCatalogue.MalformedForm, fault?.Kind);
        Assert.Contains($"\"{field}\"", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a[101]=x", "limits.index", 100)]
    [InlineData("a[99999999999999999999]=x", "limits.index", 100)]
    [InlineData("a[0][101]=x", "limits.index", 100)]
    [InlineData("a[b][c][d]=x", "limits.depth", 3)]
    [InlineData("a[b][c]=x&a[b][c]=y", "limits.depth", 3)]
    [InlineData("a[b][c][]=x", "limits.depth", 3)]
    [InlineData("a[0][0][0]=x", "limits.depth", 3)]
    public void A_limit_of_nesting_holds_in_every_notation(string body, string limit, long value)
    {
        Fault? fault = new Reading(limits: new LimitsDeclaration { Depth = 3 }).Urlencoded(body).Fault;
        Assert.Equal(FaultCatalogue.LimitExceeded, fault?.Kind);
        Assert.Equal(new LimitFault(limit, value), fault?.Limit);
    }

    [Fact]
    public void Control_fields_go_aside_and_empty_ones_are_absent()
    {
        var body = new Reading().Urlencoded(
            "_key=k1&name=Ada&_next=%2Fthanks&_gotcha=&botcheck=x&_charset_=UTF-8&_x[a]=1");
        Assert.Equal("""{"name":"Ada"}""", Reading.Text(body));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["_key"] = "k1", ["_next"] = "/thanks", ["botcheck"] = "x", ["_charset_"] = "UTF-8", ["_x[a]"] = "1",
            },
            body.Control);
    }

    [Fact]
    public void A_name_that_the_schema_declares_is_no_control_field()
    {
        var body = new Reading("""{"properties":{"_id":{"type":"integer"}}}""").Urlencoded("_id=5&_key=k");
        Assert.Equal("""{"_id":5}""", Reading.Text(body));
        Assert.Equal("_key", Assert.Single(body.Control).Key);
    }

    [Fact]
    public void Without_control_fields_all_share_one_empty_dictionary() =>
        Assert.Same(new Reading().Urlencoded("a=1").Control, new Reading().Json("""{"a":"1"}""").Control);

    [Theory]
    [InlineData("a=x%00y", "/a")]
    [InlineData("a[b][0]=x%00y", "/a/b/0")]
    [InlineData("a/b~=%00", "/a~1b~0")]
    [InlineData("_next=%00", "/_next")]
    [InlineData("a%00b=1", "")]
    public void NUL_is_refused_where_it_stands(string body, string pointer)
    {
        Fault? fault = new Reading().Urlencoded(body).Fault;
        Assert.Equal(FaultCatalogue.MalformedForm, fault?.Kind);
        Assert.Equal(pointer, Assert.Single(fault!.Errors).Pointer);
    }

    [Theory]
    [InlineData("a=%FF")]
    [InlineData("%FF=a")]
    [InlineData("a=%ED%A0%80")]
    public void What_is_not_UTF8_is_refused_not_rewritten(string body)
    {
        Fault? fault = new Reading().Urlencoded(body).Fault;
        Assert.Equal(FaultCatalogue.MalformedForm, fault?.Kind);
        Assert.Contains("UTF-8", fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_without_a_name_is_refused() =>
        Assert.Equal(FaultCatalogue.MalformedForm, new Reading().Urlencoded("=x").Fault?.Kind);

    [Fact]
    public void An_empty_body_is_refused() =>
        Assert.Equal(FaultCatalogue.EmptyBody, new Reading().Urlencoded("").Fault?.Kind);
}
