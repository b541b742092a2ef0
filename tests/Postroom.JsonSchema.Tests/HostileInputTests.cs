using System.Text;

namespace Postroom.JsonSchema.Tests;

/// <summary>Documents made to cost more than they weigh. A quadratic walk of these would take minutes.</summary>
public sealed class HostileInputTests
{
    private const int Many = 100_000;

    [Theory]
    [InlineData("a", "true")]
    [InlineData("\\u0061", "true")]
    [InlineData("a", "{\"additionalProperties\": {\"type\": \"integer\"}, \"properties\": {\"a7\": {}}}")]
    public void An_object_with_100_000_names_is_walked(string prefix, string schema)
    {
        string members = string.Join(",", Enumerable.Range(0, Many).Select(index => $"\"{prefix}{index}\": 0"));
        var faults = new SchemaFaults();
        CompiledSchema compiled = Schemas.Compile(schema);
        Assert.Equal(JsonVerdict.Valid, compiled.Walk(Encoding.UTF8.GetBytes("{" + members + "}"), faults));

        byte[] twice = Encoding.UTF8.GetBytes("{" + members + ",\"a0\": 1}");
        Assert.Equal(JsonVerdict.Malformed, compiled.Walk(twice, faults));
        Assert.Equal("duplicate-key", faults.Malformation!.Code);
    }

    [Fact]
    public void Names_of_even_and_odd_length_that_differ_in_one_byte_are_told_apart()
    {
        string members = string.Join(",", Enumerable.Range(0, 4096).Select(index =>
            $"\"{new string('x', index % 7)}{(char)('!' + index % 64 + (index % 64 == 1 ? 64 : 0))}{index}\":0"));
        byte[] document = Encoding.UTF8.GetBytes("{" + members.Replace("\\", "/", StringComparison.Ordinal) + "}");
        Assert.Equal(JsonVerdict.Valid, CompiledSchema.Any.Walk(document, new SchemaFaults()));
    }

    [Fact]
    public void The_same_name_in_100_000_objects_is_no_duplicate()
    {
        string inner = string.Join(",", Enumerable.Range(0, 12).Select(index => $"\"n{index}\":0"));
        string document = "[" + string.Join(",", Enumerable.Repeat("{" + inner + "}", Many / 12)) + "]";
        Assert.Equal(JsonVerdict.Valid, CompiledSchema.Any.Walk(Encoding.UTF8.GetBytes(document), new SchemaFaults()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\n")]
    [InlineData("é")]
    public void A_string_of_a_megabyte_is_walked(string unit)
    {
        string content = unit.Length == 0
            ? new string('x', 1 << 20)
            : string.Concat(Enumerable.Repeat(unit, 1 << 19));
        Assert.Equal(
            [" too-long", " pattern"],
            Schemas.Codes("""{"maxLength": 1000, "pattern": "^(a+)+$"}""", $"\"{content}\""));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":[")]
    public void A_depth_bomb_is_refused_at_the_limit(string opening)
    {
        var faults = new SchemaFaults();
        byte[] bomb = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 200_000)));
        CompiledSchema recursive = Schemas.Compile(
            """{"anyOf": [{"items": {"$ref": "#"}}, {"additionalProperties": {"$ref": "#"}}]}""");
        foreach (CompiledSchema schema in new[] { CompiledSchema.Any, recursive })
        {
            Assert.Equal(JsonVerdict.Malformed, schema.Walk(bomb, faults, CompiledSchema.DepthMaxLimit));
            Assert.Equal("too-deep", faults.Malformation!.Code);
        }
    }

    [Fact]
    public void Deep_documents_and_recursive_schemas_stay_within_a_small_stack()
    {
        CompiledSchema recursive = Schemas.Compile(
            """
            {"anyOf": [{"type": "string"}, {"items": {"allOf": [{"oneOf": [{"$ref": "#"}, {"type": "null"}]}]}}]}
            """);
        byte[] deep = Encoding.UTF8.GetBytes(
            new string('[', CompiledSchema.DepthMaxLimit) + new string(']', CompiledSchema.DepthMaxLimit));
        JsonVerdict verdict = default;
        var thread = new Thread(
            () => verdict = recursive.Walk(deep, new SchemaFaults(), CompiledSchema.DepthMaxLimit), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains(verdict, new[] { JsonVerdict.Valid, JsonVerdict.Malformed });
    }

    [Theory]
    [InlineData("{'anyOf': [{'items': {'$ref': '#'}, 'minItems': 1}, {'items': {'$ref': '#'}, 'maxItems': 0}]}")]
    [InlineData("{'allOf': [{'items': {'$ref': '#'}}, {'items': {'$ref': '#'}}]}")]
    [InlineData("{'oneOf': [{'type': 'array', 'items': {'$ref': '#'}}, {'items': {'$ref': '#'}, 'minItems': 9}]}")]
    [InlineData("{'items': {'$ref': '#'}, 'anyOf': [{'items': {'$ref': '#'}}, {'type': 'null'}]}")]
    [InlineData("{'items': {'$ref': '#'}, 'contains': {'$ref': '#'}, 'minContains': 0}")]
    [InlineData("{'unevaluatedItems': {'$ref': '#'}, 'anyOf': [{'items': {'$ref': '#'}}, {'minItems': 9}, {}]}")]
    [InlineData("{'unevaluatedItems': {'$ref': '#'}, 'allOf': [{'contains': {'$ref': '#'}, 'minContains': 0}, {}]}")]
    [InlineData("{'if': {'items': {'$ref': '#'}}, 'then': {'items': {'$ref': '#'}}, 'else': {'items': {'$ref': '#'}}}")]
    [InlineData("{'not': {'not': {'items': {'$ref': '#'}}}, 'oneOf': [{'items': {'$ref': '#'}}, false]}")]
    [InlineData("{'$dynamicAnchor': 'n', 'allOf': [{'items': {'$dynamicRef': '#n'}}, {'items': {'$ref': '#n'}}]}")]
    public void Alternatives_that_recurse_do_not_multiply_with_depth(string schema)
    {
        string document = new string('[', 60) + new string(']', 60);
        Assert.Equal(JsonVerdict.Valid, Schemas.Verdict(schema.Replace('\'', '"'), document));
        string spoiled = new string('[', 60) + "0" + new string(']', 60);
        Assert.Contains(
            Schemas.Verdict(schema.Replace('\'', '"'), spoiled), new[] { JsonVerdict.Valid, JsonVerdict.Invalid });
    }

    [Theory]
    [InlineData("1e999999999", "too-large")]
    [InlineData("1e99999999999999999999999999", "too-large")]
    [InlineData("-1e999999999", "too-small")]
    [InlineData("1e-999999999", "not-multiple")]
    public void A_number_with_an_enormous_exponent_costs_no_more_than_its_text(string number, string code) =>
        Assert.Contains(" " + code, Schemas.Codes(
            """{"minimum": -5.5, "maximum": 1e300, "multipleOf": 0.07, "type": "number"}""", number));

    [Fact]
    public void A_number_of_a_million_digits_is_judged_exactly()
    {
        string digits = "1" + new string('0', 1_000_000);
        Assert.Equal(
            [" too-large", " not-multiple"],
            Schemas.Codes("""{"type": "integer", "maximum": 5, "multipleOf": 3}""", digits));
        Assert.Equal(
            ["/1 duplicate-item"],
            Schemas.Codes("""{"uniqueItems": true}""", $"[{digits}, 1e1000000]"));
    }

    [Fact]
    public void Patterns_that_recurse_do_not_multiply_with_depth()
    {
        const string Schema = """
            {"type": "object", "properties": {"a": {"$ref": "#"}},
             "patternProperties": {"^a": {"$ref": "#"}, "a$": {"$ref": "#"}}}
            """;
        string opening = string.Concat(Enumerable.Repeat("{\"a\":", 63)), closing = new('}', 63);
        Assert.Equal([], Schemas.Codes(Schema, opening + "{}" + closing));
        Assert.Equal(
            [string.Concat(Enumerable.Repeat("/a", 63)) + " type"], Schemas.Codes(Schema, opening + "1" + closing));
    }

    [Fact]
    public void A_document_with_a_fault_in_every_item_keeps_a_hundred()
    {
        string document = "[" + string.Join(",", Enumerable.Repeat("0", Many)) + "]";
        (JsonVerdict verdict, SchemaFaults faults) = Schemas.Walk("""{"items": {"type": "string"}}""", document);
        Assert.Equal((JsonVerdict.Invalid, 100), (verdict, faults.Count));
        Assert.Equal("/99", faults[^1].Pointer);
    }

    [Fact]
    public void Large_equal_objects_in_different_order_are_compared_in_linear_time()
    {
        string[] members = [.. Enumerable.Range(0, 20_000).Select(index => $"\"m{index}\":{index}")];
        string document = $"[{{{string.Join(",", members)}}}, {{{string.Join(",", members.Reverse())}}}]";
        Assert.Equal(["/1 duplicate-item"], Schemas.Codes("""{"uniqueItems": true}""", document));
    }

    [Fact]
    public void One_schema_serves_many_threads()
    {
        CompiledSchema schema = Schemas.Compile(
            """
            {"items": {"anyOf": [
              {"type": "string", "pattern": "^a+$"},
              {"type": "object", "properties": {"x": {"format": "email"}}, "required": ["x"]}]}}
            """);
        byte[] valid = Encoding.UTF8.GetBytes("""["aaa", {"x": "ada@example.com"}]""");
        byte[] invalid = Encoding.UTF8.GetBytes("""["b", {"x": "ada"}]""");
        int wrong = 0;
        Parallel.For(0, 2000, index =>
        {
            var faults = new SchemaFaults();
            bool right = index % 2 == 0
                ? schema.Walk(valid, faults) == JsonVerdict.Valid
                : schema.Walk(invalid, faults) == JsonVerdict.Invalid && faults.Count == 2;
            Interlocked.Add(ref wrong, right ? 0 : 1);
        });
        Assert.Equal(0, wrong);
    }
}
