using System.Text;
using System.Text.Json;

namespace Postroom.JsonSchema.Tests;

public sealed class OutputTests
{
    /// <summary>The example of JSON Schema Core, section 12.4.</summary>
    private const string Polygon = """
        {"$id": "https://example.com/polygon", "$schema": "https://json-schema.org/draft/2020-12/schema",
         "$defs": {"point": {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
                             "additionalProperties": false, "required": ["x", "y"]}},
         "type": "array", "items": {"$ref": "#/$defs/point"}, "minItems": 3}
        """;

    private const string Points = """[{"x": 2.5, "y": 1.3}, {"x": 1, "z": 6.7}]""";

    [Fact]
    public void Flag_says_whether_it_is_valid()
    {
        Assert.Equal("""{"valid":false}""", Write(Polygon, Points, SchemaOutputFormat.Flag));
        Assert.Equal("""{"valid":true}""", Write("{}", Points, SchemaOutputFormat.Detailed));
    }

    [Fact]
    public void Basic_is_a_list()
    {
        using JsonDocument output = JsonDocument.Parse(Write(Polygon, Points, SchemaOutputFormat.Basic));
        Assert.Equal(
            [
                "/minItems | https://example.com/polygon#/minItems |  | must have at least 3 items; it has 2",
                "/items/$ref/required | https://example.com/polygon#/$defs/point/required | /1 | is required",
                "/items/$ref/additionalProperties | https://example.com/polygon#/$defs/point/additionalProperties "
                    + "| /1/z | is not a known property",
            ],
            output.RootElement.GetProperty("errors").EnumerateArray().Select(unit => string.Join(" | ",
                unit.GetProperty("keywordLocation"), unit.GetProperty("absoluteKeywordLocation"),
                unit.GetProperty("instanceLocation"), unit.GetProperty("error"))));
    }

    [Fact]
    public void Detailed_has_the_shape_of_the_schema_without_places_that_hold_one()
    {
        using JsonDocument output = JsonDocument.Parse(Write(Polygon, Points, SchemaOutputFormat.Detailed));
        JsonElement[] units = [.. output.RootElement.GetProperty("errors").EnumerateArray()];
        Assert.Equal(2, units.Length);
        Assert.Equal("/minItems", units[0].GetProperty("keywordLocation").GetString());
        Assert.Equal("/items/$ref", units[1].GetProperty("keywordLocation").GetString());
        Assert.Equal("/1", units[1].GetProperty("instanceLocation").GetString());
        Assert.Equal(2, units[1].GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [InlineData("{'anyOf': [{'allOf': [{'minLength': 2}]}, {'type': 'null'}]}", "'a'", "/anyOf/0/allOf/0/minLength")]
    [InlineData("{'if': true, 'then': {'patternProperties': {'^a': {'type': 'null'}}}}", "{'ab': 1}",
        "/then/patternProperties/^a/type")]
    [InlineData("{'propertyNames': {'maxLength': 1}}", "{'ab': 1}", "/propertyNames/maxLength")]
    [InlineData("{'properties': {'a/b': {'prefixItems': [true, false]}}}", "{'a/b': [1, 2]}",
        "/properties/a~1b/prefixItems/1")]
    [InlineData("{'dependentSchemas': {'a': {'not': {}}}}", "{'a': 1}", "/dependentSchemas/a/not")]
    [InlineData("{'unevaluatedProperties': {'type': 'null'}}", "{'a': 1}", "/unevaluatedProperties/type")]
    [InlineData("{'$defs': {'a': {'$ref': '#/$defs/b'}, 'b': {'minimum': 2}}, 'items': {'$ref': '#/$defs/a'}}", "[1]",
        "/items/$ref/$ref/minimum")]
    [InlineData("false", "1", "")]
    public void The_way_to_the_keyword_is_told(string schema, string document, string path)
    {
        string output = Write(schema.Replace('\'', '"'), document.Replace('\'', '"'), SchemaOutputFormat.Basic);
        using JsonDocument parsed = JsonDocument.Parse(output);
        Assert.Equal(path, parsed.RootElement.GetProperty("errors")[0].GetProperty("keywordLocation").GetString());
    }

    [Fact]
    public void A_text_that_is_not_json_is_told_too() => Assert.Contains(
        "expected a value, found the end", Write("{}", "[", SchemaOutputFormat.Basic), StringComparison.Ordinal);

    private static string Write(string schema, string document, SchemaOutputFormat format)
    {
        var faults = new SchemaFaults();
        Schemas.Compile(schema).Walk(Encoding.UTF8.GetBytes(document), faults);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            faults.WriteTo(writer, format);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
