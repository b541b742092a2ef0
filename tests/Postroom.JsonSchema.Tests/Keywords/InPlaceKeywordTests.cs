namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class InPlaceKeywordTests
{
    [Theory]
    [InlineData("{'allOf': [{'minimum': 1}, {'maximum': 5}]}", "3", "")]
    [InlineData("{'allOf': [{'minimum': 4}, {'maximum': 2}]}", "3",
        " too-small: must be at least 4; it is 3\n too-large: must be at most 2; it is 3")]
    [InlineData("{'allOf': [{'required': ['a']}, {'properties': {'b': {'type': 'string'}}}]}", "{'b': 1}",
        "/a required: is required\n/b type: must be a string; it is the number 1")]
    [InlineData("{'anyOf': [{'type': 'string'}, {'type': 'null'}]}", "null", "")]
    [InlineData("{'anyOf': [{'type': 'string'}, {'type': 'null'}]}", "1",
        " any-of: must be a string or null; it is the number 1")]
    [InlineData("{'anyOf': [{'type': 'string', 'maxLength': 2}, {'type': 'null'}]}", "'abc'",
        " too-long: must be at most 2 characters; it has 3")]
    [InlineData("{'anyOf': [{'required': ['a', 'b']}, {'required': ['a', 'c', 'd']}]}", "{'a': 1}",
        "/b required: is required")]
    [InlineData("{'oneOf': [{'multipleOf': 3}, {'multipleOf': 5}]}", "9", "")]
    [InlineData("{'oneOf': [{'multipleOf': 3}, {'multipleOf': 5}]}", "15",
        " one-of: must fit exactly one of the alternatives; it fits 2")]
    [InlineData("{'oneOf': [{'multipleOf': 3}, {'multipleOf': 5}]}", "7",
        " not-multiple: must be a multiple of 3; it is 7")]
    [InlineData("{'not': {'type': 'string'}}", "1", "")]
    [InlineData("{'not': {'type': 'string'}}", "'a'", " not: is of a kind that is not allowed here")]
    [InlineData("{'not': {'required': ['a']}}", "{'b': {'a': 1}}", "")]
    public void Combining_keywords(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Fact]
    public void The_alternative_whose_const_fits_is_the_closest_however_many_faults_it_has()
    {
        const string Schema = """
            {"oneOf": [
              {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}}, "required": ["kind"]},
              {"properties": {"kind": {"const": "bank"}, "iban": {"type": "string"}, "name": {"type": "string"}},
               "required": ["kind", "iban", "holder"]}
            ]}
            """;
        Assert.Equal(
            ["/holder required", "/iban type", "/name type"],
            Schemas.Codes(Schema, """{"kind": "bank", "iban": 7, "name": 8}"""));
    }

    [Theory]
    [InlineData("{'kind': 'card', 'number': 'x'}", "")]
    [InlineData("{'number': 'x', 'kind': 'c\\u0061rd'}", "")]
    [InlineData("{'k\\u0069nd': 'bank', 'number': 7}", "")]
    [InlineData("{'kind': 'card', 'number': 7}", "/number type: must be a string; it is the number 7")]
    [InlineData("{'kind': 'post', 'number': 7}", "/kind enum: must be one of \"bank\", \"giro\"")]
    [InlineData("{'kind': 1}", "/kind const: must be \"card\"")]
    [InlineData("{'number': 'x'}", "")]
    [InlineData("{}", " one-of: must fit exactly one of the alternatives; it fits 2")]
    [InlineData("7", " one-of: must fit exactly one of the alternatives; it fits 2")]
    public void Alternatives_that_one_property_tells_apart_are_judged_as_if_all_were_looked_at(
        string document, string expected)
    {
        const string Schema = """
            {"oneOf": [{"properties": {"kind": {"const": "card"}, "number": {"type": "string"}}},
                       {"properties": {"number": {"type": "integer"}, "kind": {"enum": ["bank", "giro"]}}}]}
            """;
        KeywordRow.Check(Schema, document.Replace('\'', '"'), expected);
    }

    [Fact]
    public void Alternatives_within_alternatives_report_the_innermost_closest()
    {
        const string Schema = """
            {"anyOf": [
              {"type": "string"},
              {"type": "object", "properties": {"a": {"anyOf": [{"type": "null"}, {"type": "array", "maxItems": 1}]}}}
            ]}
            """;
        KeywordRow.Check(Schema, """{"a": [1, 2]}""", "/a too-many-items: must have at most 1 item; it has 2");
    }

    [Fact]
    public void A_wrong_type_below_an_alternative_does_not_make_it_the_wrong_alternative()
    {
        const string Schema = """
            {"anyOf": [
              {"type": "object", "properties": {"x": {"anyOf": [{"type": "string"}, {"type": "null"}]}}},
              {"type": "array"}
            ]}
            """;
        KeywordRow.Check(Schema, """{"x": 1}""", "/x any-of: must be a string or null; it is the number 1");
    }

    [Fact]
    public void A_fault_found_on_two_ways_is_told_once()
    {
        const string Schema = """
            {"$defs": {"name": {"properties": {"n": {"minLength": 2}}}},
             "allOf": [{"$ref": "#/$defs/name"}, {"$ref": "#/$defs/name"}]}
            """;
        KeywordRow.Check(Schema, """{"n": "x"}""", "/n too-short: must be at least 2 characters; it has 1");
    }

    [Fact]
    public void A_recursive_schema_goes_as_deep_as_the_document()
    {
        const string Schema = """
            {"type": "object", "properties": {"value": {"type": "integer"}, "next": {"$ref": "#"}},
             "additionalProperties": false}
            """;
        KeywordRow.Check(Schema, """{"value": 1, "next": {"value": 2, "next": {"value": "x", "more": 1}}}""",
            "/next/next/value type: must be a whole number; it is a string\n"
            + "/next/next/more additional-property: is not a known property");
    }

    [Fact]
    public void A_reference_with_neighbours_holds_together_with_them()
    {
        const string Schema = """
            {"$defs": {"short": {"type": "string", "maxLength": 3}}, "properties": {
              "a": {"$ref": "#/$defs/short", "minLength": 2}}}
            """;
        Assert.Equal([], Schemas.Codes(Schema, """{"a": "ab"}"""));
        Assert.Equal(["/a too-short"], Schemas.Codes(Schema, """{"a": "a"}"""));
        Assert.Equal(["/a too-long"], Schemas.Codes(Schema, """{"a": "abcd"}"""));
    }

    [Fact]
    public void A_reference_is_meant_within_the_nearest_schema_that_has_an_id()
    {
        const string Schema = """
            {"$defs": {"x": {"type": "string"}}, "properties": {
              "outer": {"$ref": "#/$defs/x"},
              "inner": {"$id": "https://example.com/inner", "$defs": {"x": {"type": "null"}},
                        "properties": {"x": {"$ref": "#/$defs/x"}}}}}
            """;
        Assert.Equal([], Schemas.Codes(Schema, """{"outer": "a", "inner": {"x": null}}"""));
        Assert.Equal(
            ["/outer type", "/inner/x type"], Schemas.Codes(Schema, """{"outer": null, "inner": {"x": "a"}}"""));
    }

    [Fact]
    public void A_fault_names_the_place_in_the_schema_that_refused()
    {
        (_, SchemaFaults faults) = Schemas.Walk(
            """{"properties": {"a/b": {"$ref": "#/$defs/short"}}, "$defs": {"short": {"maxLength": 3}}}""",
            """{"a/b": "abcd"}""");
        SchemaFault fault = Assert.Single(faults);
        Assert.Equal(
            ("/a~1b", "/$defs/short/maxLength", "maxLength"), (fault.Pointer, fault.SchemaPointer, fault.Keyword));
    }
}
