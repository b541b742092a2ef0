using System.Text;

namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class ObjectKeywordTests
{
    [Theory]
    [InlineData("{'properties': {'a': {'type': 'string'}}}", "{'a': 'x', 'b': 1}", "")]
    [InlineData("{'properties': {'a': {'type': 'string'}}}", "{'a': 1}",
        "/a type: must be a string; it is the number 1")]
    [InlineData("{'properties': {'a': false}}", "{'a': 1}", "/a not-allowed: is not allowed")]
    [InlineData("{'properties': {'a/b~c': {'type': 'null'}}}", "{'a/b~c': 1}",
        "/a~1b~0c type: must be null; it is the number 1")]
    [InlineData("{'required': ['a', 'b']}", "{'b': 1}", "/a required: is required")]
    [InlineData("{'required': ['a', 'b']}", "{}", "/a required: is required\n/b required: is required")]
    [InlineData("{'required': ['a/b']}", "{}", "/a~1b required: is required")]
    [InlineData("{'required': ['a']}", "[]", "")]
    [InlineData("{'additionalProperties': false, 'properties': {'a': {}}}", "{'a': 1, 'b': {'c': 2}}",
        "/b additional-property: is not a known property")]
    [InlineData("{'additionalProperties': false, 'required': ['a']}", "{'a': 1}",
        "/a additional-property: is not a known property")]
    [InlineData("{'additionalProperties': {'type': 'integer'}, 'properties': {'a': {}}}", "{'a': 'x', 'b': 'y'}",
        "/b type: must be a whole number; it is a string")]
    [InlineData("{'patternProperties': {'^n_': {'type': 'number'}}}", "{'n_a': 1, 's': 'x'}", "")]
    [InlineData("{'patternProperties': {'^n_': {'type': 'number'}}}", "{'n_a': 'x'}",
        "/n_a type: must be a number; it is a string")]
    [InlineData("{'patternProperties': {'^n': {'minimum': 1}, '_$': {'maximum': 5}}}", "{'n_': 0, 'x_': 9, 'n': 3}",
        "/n_ too-small: must be at least 1; it is 0\n/x_ too-large: must be at most 5; it is 9")]
    [InlineData("{'properties': {'n': {'required': ['a']}}, 'patternProperties': {'n': {'required': ['b']}}}",
        "{'n': {}}",
        "/n/a required: is required\n/n/b required: is required")]
    [InlineData("{'patternProperties': {'^x': {}}, 'additionalProperties': false}", "{'x1': 1, 'y': 2}",
        "/y additional-property: is not a known property")]
    [InlineData("{'minProperties': 1}", "{}", " too-few-properties: must have at least 1 property; it has 0")]
    [InlineData("{'maxProperties': 2}", "{'a': 1, 'b': 2, 'c': 3}",
        " too-many-properties: must have at most 2 properties; it has 3")]
    [InlineData("{'minProperties': 1, 'maxProperties': 2}", "{'a': 1, 'b': 2}", "")]
    public void Object_keywords(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Fact]
    public void A_name_written_with_escapes_is_the_name_it_stands_for()
    {
        const string Schema = """{"properties": {"aé": {"type": "null"}}, "required": ["aé"]}""";
        KeywordRow.Check(Schema, """{"\u0061\u00e9": null}""", "");
        KeywordRow.Check(Schema, """{"\u0061\u00e9": 1}""", "/aé type: must be null; it is the number 1");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    public void Every_name_of_a_schema_is_found_in_any_order(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(index => $"property-named-{index}-of-some-length")];
        string properties = string.Join(",", names.Select((name, index) => $$"""
            "{{name}}": {"const": {{index}}}
            """));
        string required = string.Join(",", names.Select(name => $"\"{name}\""));
        string schema = $$"""
            {"properties": { {{properties}} }, "required": [{{required}}], "additionalProperties": false}
            """;
        string[] members = [.. names.Select((name, index) => $"\"{name}\": {index}")];
        Assert.Equal([], Schemas.Codes(schema, "{" + string.Join(",", members) + "}"));
        Assert.Equal([], Schemas.Codes(schema, "{" + string.Join(",", members.Reverse()) + "}"));
        Assert.Equal(
            [$"/{names[^1]} required"], Schemas.Codes(schema, "{" + string.Join(",", members.SkipLast(1)) + "}"));

        var faults = new SchemaFaults();
        string twice = "{" + string.Join(",", members.Append(members[0])) + "}";
        Assert.Equal(JsonVerdict.Malformed, Schemas.Compile(schema).Walk(Encoding.UTF8.GetBytes(twice), faults));
        Assert.Equal("duplicate-key", faults.Malformation!.Code);
    }

    [Fact]
    public void Names_alike_in_length_beginning_and_end_are_told_apart()
    {
        const string Schema = """
            {"properties": {"12345678ab12345678": {"const": 1}, "12345678cd12345678": {"const": 2}},
             "additionalProperties": false}
            """;
        KeywordRow.Check(Schema, """{"12345678cd12345678": 2, "12345678ab12345678": 1}""", "");
        KeywordRow.Check(Schema, """{"12345678xx12345678": 2}""",
            "/12345678xx12345678 additional-property: is not a known property");
    }
}
