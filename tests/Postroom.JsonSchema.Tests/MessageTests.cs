using System.Text;

namespace Postroom.JsonSchema.Tests;

public sealed class MessageTests
{
    private const string Contact = """
        {"required": ["name", "age"], "x-message": {"required": "is what we need most"},
         "properties": {
           "name": {"type": "string", "minLength": 3, "pattern": "^[a-z]*$", "x-message": "is no name"},
           "age": {"type": "integer", "minimum": 18, "maximum": 99,
                   "x-message": {"too-small": "must be {limit} or more, not {actual}", "type": "counts years",
                                 "required": "tells how old you are"}},
           "plz": {"$ref": "#/$defs/plz", "x-message": "is not a postal code such as 10115"},
           "sum": {"minimum": 5, "x-message": {"minimum": "{actual} {limit} {other} {"}}
         },
         "$defs": {"plz": {"pattern": "^[0-9]{5}$", "type": "string"}}}
        """;

    [Theory]
    [InlineData("""{"name": "abc", "age": 17}""", "/age too-small: must be 18 or more, not 17")]
    [InlineData("""{"name": "abc", "age": "x"}""", "/age type: counts years")]
    [InlineData("""{"name": "abc", "age": 100}""", "/age too-large: must be at most 99; it is 100")]
    [InlineData("""{"name": "X", "age": 20}""", "/name too-short: is no name")]
    [InlineData("{}", "/name required: is what we need most\n/age required: tells how old you are")]
    [InlineData("""{"name": "abc", "age": 20, "plz": "1"}""", "/plz pattern: is not a postal code such as 10115")]
    [InlineData("""{"name": "abc", "age": 20, "sum": 4}""", "/sum too-small: 4 5 {other} {")]
    public void A_schema_may_say_it_in_its_own_words(string document, string expected) =>
        KeywordRowText(Contact, document, new SchemaFaults(), expected);

    [Fact]
    public void Own_words_of_a_schema_are_not_those_of_what_stands_below() => KeywordRowText(
        """{"allOf": [{"properties": {"a": {"type": "null"}}}], "x-message": "outer"}""", """{"a": 1}""",
        new SchemaFaults(), "/a type: must be null; it is the number 1");

    [Theory]
    [InlineData("{'x-message': 1}", "/x-message")]
    [InlineData("{'x-message': {'type': 1}}", "/x-message/type")]
    public void Own_words_must_be_text(string schema, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Schemas.Errors(schema.Replace('\'', '"'))).Pointer);

    [Fact]
    public void Another_language_is_a_table_of_words_and_what_it_lacks_is_said_in_english()
    {
        var german = new Dictionary<string, string>
        {
            ["too-long"] = "darf höchstens {limit} Zeichen haben; es sind {actual}",
            ["type"] = "muss {limit} sein, nicht {actual}",
            ["words.string"] = "ein Text", ["words.null"] = "null", ["words.or"] = "{limit} oder {actual}",
            ["words.the-number"] = "die Zahl {actual}",
        };
        var faults = new SchemaFaults { Messages = new SchemaMessages(german.GetValueOrDefault) };
        KeywordRowText(
            """{"items": {"type": ["string", "null"], "maxLength": 2, "minLength": 1}}""", """["abc", 1, ""]""", faults,
            "/0 too-long: darf höchstens 2 Zeichen haben; es sind 3\n"
            + "/1 type: muss ein Text oder null sein, nicht die Zahl 1\n"
            + "/2 too-short: must be at least 1 character; it has 0");
    }

    [Fact]
    public void Dotnet_resources_are_such_a_table()
    {
        var own = new System.Resources.ResourceManager("Postroom.JsonSchema.Messages", typeof(SchemaFaults).Assembly);
        var messages = new SchemaMessages(own, System.Globalization.CultureInfo.InvariantCulture);
        KeywordRowText("{\"type\": \"null\"}", "1", new SchemaFaults { Messages = messages },
            " type: must be null; it is the number 1");
    }

    [Fact]
    public void Every_code_and_every_format_has_its_sentence()
    {
        IEnumerable<string> codes =
            typeof(FaultCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var asked = new List<string>();
        var listening = new SchemaMessages(key =>
        {
            asked.Add(key);
            return null;
        });
        string[] formats = ["date-time", "duration", "idn-hostname", "regex", "uri-template", "relative-json-pointer"];
        foreach (string format in formats)
        {
            var faults = new SchemaFaults { Messages = listening };
            Schemas.Compile($$"""{"format": "{{format}}"}""").Walk("\"(\\u0000\""u8, faults);
            Assert.StartsWith("must be a", Assert.Single(faults).Message, StringComparison.Ordinal);
        }

        Assert.Equal(formats.Select(format => "format-" + format), asked);
        var resources =
            new System.Resources.ResourceManager("Postroom.JsonSchema.Messages", typeof(SchemaFaults).Assembly);
        Assert.All(codes, code => Assert.NotNull(resources.GetString(code)));
    }

    private static void KeywordRowText(string schema, string document, SchemaFaults faults, string expected)
    {
        Assert.Equal(JsonVerdict.Invalid, Schemas.Compile(schema).Walk(Encoding.UTF8.GetBytes(document), faults));
        Assert.Equal(expected, string.Join(
            "\n", faults.Select(fault => $"{fault.Pointer} {fault.Code}: {fault.Message}")));
    }
}
