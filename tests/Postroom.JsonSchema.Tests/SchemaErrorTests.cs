using System.Text;

namespace Postroom.JsonSchema.Tests;

public sealed class SchemaErrorTests
{
    [Theory]
    [InlineData("{'typ': 'string'}", "/typ", "unknown keyword 'typ'; did you mean 'type'?")]
    [InlineData("{'maxLenght': 3}", "/maxLenght", "unknown keyword 'maxLenght'; did you mean 'maxLength'?")]
    [InlineData("{'minlength': 3}", "/minlength", "unknown keyword 'minlength'; did you mean 'minLength'?")]
    [InlineData("{'colour': 3}", "/colour", "unknown keyword 'colour'; a keyword of your own begins with x-")]
    [InlineData("{'type': 'strng'}", "/type",
        "a type must be one of null, boolean, integer, number, string, array, object; did you mean 'string'?")]
    [InlineData("{'type': []}", "/type", "'type' must name at least one type")]
    [InlineData("{'type': ['string', 7]}", "/type/1",
        "a type must be one of null, boolean, integer, number, string, array, object")]
    [InlineData("{'enum': 7}", "/enum", "'enum' must be an array")]
    [InlineData("{'minLength': -1}", "/minLength", "'minLength' must be a whole number from 0")]
    [InlineData("{'maxLength': 1.5}", "/maxLength", "'maxLength' must be a whole number from 0")]
    [InlineData("{'maxItems': '3'}", "/maxItems", "'maxItems' must be a whole number from 0")]
    [InlineData("{'minimum': '3'}", "/minimum", "'minimum' must be a number")]
    [InlineData("{'multipleOf': 0}", "/multipleOf",
        "'multipleOf' must be above 0 with at most 1000 significant digits")]
    [InlineData("{'uniqueItems': 1}", "/uniqueItems", "'uniqueItems' must be true or false")]
    [InlineData("{'properties': []}", "/properties", "'properties' must be an object")]
    [InlineData("{'properties': {'a': 7}}", "/properties/a", "a schema must be an object, true or false")]
    [InlineData("{'required': 'a'}", "/required", "'required' must be an array")]
    [InlineData("{'required': ['a', 'a']}", "/required/1", "'required' names 'a' twice")]
    [InlineData("{'allOf': []}", "/allOf", "'allOf' must list at least one schema")]
    [InlineData("{'anyOf': {}}", "/anyOf", "'anyOf' must be an array")]
    [InlineData("{'title': 7}", "/title", "'title' must be a string")]
    [InlineData("{'format': 'emial'}", "/format", "the format 'emial' is not known; did you mean 'email'?")]
    [InlineData("{'pattern': '(a)\\\\1'}", "/pattern",
        "the pattern (a)\\1 cannot be matched in linear time: it refers back to a group")]
    [InlineData("{'pattern': '\\\\Aa'}", "/pattern",
        "the pattern \\Aa is not a regular expression: \\A is not an escape of ECMA-262")]
    [InlineData("{'patternProperties': {'(?=a)b': true}}", "/patternProperties/(?=a)b",
        "the pattern (?=a)b cannot be matched in linear time: it looks ahead")]
    [InlineData("{'$schema': 'https://example.com/meta'}", "/$schema",
        "the schema is of https://example.com/meta, which is not known; "
        + "https://json-schema.org/draft/2020-12/schema, 2019-09 and draft 7 are")]
    [InlineData("{'$id': '#a'}", "/$id", "'$id' must have no fragment")]
    [InlineData("{'$ref': 'other.json'}", "/$ref",
        "the reference other.json leads to other.json, which cannot be found")]
    [InlineData("{'$id': 'https://example.com/a/b', 'not': {'$ref': '../c#/d'}}", "/not/$ref",
        "the reference ../c#/d leads to https://example.com/c, which cannot be found")]
    [InlineData("{'$anchor': '1a'}", "/$anchor",
        "'$anchor' must begin with a letter or _ and go on with letters, digits, -, _ and .")]
    [InlineData("{'$defs': {'a': {'$anchor': 'x'}, 'b': {'$dynamicAnchor': 'x'}}}", "/$defs/b/$dynamicAnchor",
        "two schemas have the anchor x")]
    [InlineData("{'$defs': {'a': {'$id': 'u:x'}, 'b': {'$id': 'u:x'}}}", "/$defs/b/$id",
        "two schemas have the '$id' u:x")]
    [InlineData("{'$vocabulary': {'u:x': 1}}", "/$vocabulary/u:x", "'u:x' must be true or false")]
    [InlineData("{'dependentRequired': {'a': ['b', 'b']}}", "/dependentRequired/a/1", "'a' names 'b' twice")]
    [InlineData("{'prefixItems': []}", "/prefixItems", "'prefixItems' must list at least one schema")]
    [InlineData("{'minContains': -1}", "/minContains", "'minContains' must be a whole number from 0")]
    [InlineData("{'$schema': 'http://json-schema.org/draft-07/schema#', 'prefixItems': [true]}", "/prefixItems",
        "the keyword 'prefixItems' is not one of http://json-schema.org/draft-07/schema")]
    [InlineData("{'$schema': 'https://json-schema.org/draft/2019-09/schema', '$recursiveRef': '#/a'}",
        "/$recursiveRef", "'$recursiveRef' must be '#'")]
    [InlineData("{'$ref': '#/$defs/a'}", "/$ref", "the reference #/$defs/a leads nowhere")]
    [InlineData("{'$ref': '#a'}", "/$ref", "the reference #a leads nowhere")]
    [InlineData("{'default': {'type': 'string'}, 'items': {'$ref': '#/default'}}", "/items/$ref",
        "the reference #/default leads to something that is not a schema")]
    [InlineData("{'$ref': '#'}", "", "the schema refers to itself without going into the value")]
    [InlineData("{'$defs': {'a': {'allOf': [{'$ref': '#/$defs/b'}]}, 'b': {'not': {'$ref': '#/$defs/a'}}}}", "/$defs/a",
        "the schema refers to itself without going into the value")]
    [InlineData("{'$schema': 'http://json-schema.org/draft-07/schema#', '$ref': '#/definitions/0', "
        + "'definitions': [{}]}", "/$ref", "the reference #/definitions/0 leads to something that is not a schema")]
    [InlineData("7", "", "a schema must be an object, true or false")]
    public void A_faulty_schema_is_refused_with_its_place_and_reason(string schema, string pointer, string message)
    {
        SchemaError error = Assert.Single(Schemas.Errors(schema.Replace('\'', '"')));
        Assert.Equal((pointer, message.Replace('\'', '"')), (error.Pointer, error.Message));
    }

    [Fact]
    public void All_errors_are_told_together_in_the_order_of_the_text_with_line_and_column()
    {
        IReadOnlyList<SchemaError> errors = Schemas.Errors(
            """
            {
              "type": "objekt",
              "titel": "Ä",
              "properties": {
                "ä": {"minimun": 1, "maxLength": -1},
                "b": {"$ref": "#/$defs/none"}
              }
            }
            """);
        Assert.Equal(
            [
                "2:3 /type", "3:3 /titel", "5:11 /properties/ä/minimun", "5:25 /properties/ä/maxLength",
                "6:11 /properties/b/$ref",
            ],
            errors.Select(error => $"{error.Line}:{error.Column} {error.Pointer}"));
    }

    [Fact]
    public void A_loop_of_references_is_told_beside_other_errors() =>
        Assert.Equal(
            ["/$defs/a", "/typ"],
            Schemas.Errors("""{"$defs": {"a": {"$ref": "#/$defs/a"}}, "typ": 1}""").Select(error => error.Pointer));

    [Fact]
    public void A_schema_that_is_not_json_is_refused_with_its_place()
    {
        SchemaError error = Assert.Single(Schemas.Errors("{\n \"type\": string}"));
        Assert.Equal("2:10 (root): not acceptable JSON: expected a value, found 's'", error.ToString());
    }

    [Fact]
    public void A_keyword_twice_in_one_schema_is_refused() =>
        Assert.Contains("twice", Assert.Single(Schemas.Errors("""{"type": "string", "type": "null"}""")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_bounds_of_a_schema_text_are_kept()
    {
        Assert.Contains("at most 10", Assert.Single(Schemas.Errors(
            """{"type": "string"}""", new SchemaOptions { SchemaBytesMax = 10 })).Message, StringComparison.Ordinal);
        Assert.Contains("deeper than 3", Assert.Single(Schemas.Errors(
            """{"not": {"not": {"not": {}}}}""", new SchemaOptions { SchemaDepthMax = 3 })).Message,
            StringComparison.Ordinal);
        string many = "{" + string.Join(",", Enumerable.Range(0, 300).Select(index => $"\"k{index}\": 1")) + "}";
        Assert.Equal(100, Schemas.Errors(many).Count);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(70, false)]
    [InlineData(9_000, false)]
    public void A_chain_of_schemas_for_one_value_has_a_bound(int length, bool compiles)
    {
        var definitions = new StringBuilder();
        for (int index = 0; index < length; index++)
        {
            definitions.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $$"""
                "d{{index}}": {"minLength": 1, "$ref": "#/$defs/d{{index + 1}}"},
                """);
        }

        IReadOnlyList<SchemaError> errors = Schemas.Errors($$"""
            {"$defs": { {{definitions}} "d{{length}}": {"type": "string"} }, "$ref": "#/$defs/d0"}
            """);
        Assert.Equal(compiles, errors.Count == 0);
        Assert.All(errors, error => Assert.Equal(
            "one value would be judged by more than 64 schemas in a row", error.Message));
    }

    [Fact]
    public void Own_keywords_and_annotations_are_kept()
    {
        CompiledSchema schema = Schemas.Compile(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/s", "$comment": "c",
             "title": "T", "description": "D", "default": {"a": 1}, "examples": [1, 2], "deprecated": true,
             "readOnly": true, "writeOnly": true, "x-widget": {"rows": 3}}
            """);
        SchemaView view = schema.Root;
        Assert.Equal(("T", "D"), (view.Title, view.Description));
        Assert.Equal("""{"a": 1}""", Encoding.UTF8.GetString(view.Default!.Value.Span));
        Assert.Equal("[1, 2]", Encoding.UTF8.GetString(view.Examples!.Value.Span));
        Assert.Equal("""{"rows": 3}""", Encoding.UTF8.GetString(view.Extension("x-widget")!.Value.Span));
        Assert.True(view.IsDeprecated && view.IsReadOnly && view.IsWriteOnly && view.IsAnything);
        Assert.Null(view.Extension("x-none"));
    }
}
