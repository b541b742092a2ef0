namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class ArrayKeywordTests
{
    [Theory]
    [InlineData("{'items': {'type': 'integer'}}", "[1, 2.0]", "")]
    [InlineData("{'items': {'type': 'integer'}}", "[1, 'x', 2, null]",
        "/1 type: must be a whole number; it is a string\n/3 type: must be a whole number; it is null")]
    [InlineData("{'items': false}", "[]", "")]
    [InlineData("{'items': false}", "[1]", "/0 additional-item: is not allowed; the array has at most 0 items")]
    [InlineData("{'prefixItems': [{'type': 'string'}, {'type': 'number'}]}", "['a', 1, true]", "")]
    [InlineData("{'prefixItems': [{'type': 'string'}, {'type': 'number'}]}", "[1]",
        "/0 type: must be a string; it is the number 1")]
    [InlineData("{'prefixItems': [true], 'items': false}", "[1, 2]",
        "/1 additional-item: is not allowed; the array has at most 1 items")]
    [InlineData("{'minItems': 1}", "[]", " too-few-items: must have at least 1 item; it has 0")]
    [InlineData("{'maxItems': 2}", "[1, 2, 3]", " too-many-items: must have at most 2 items; it has 3")]
    [InlineData("{'minItems': 1, 'maxItems': 2}", "[[], []]", "")]
    [InlineData("{'uniqueItems': true}", "[1, '1', [1], {'a': 1}, null, true]", "")]
    [InlineData("{'uniqueItems': true}", "[1, 2, 1.0]", "/2 duplicate-item: must differ from every other item")]
    [InlineData("{'uniqueItems': true}", "['a', '\\u0061']", "/1 duplicate-item: must differ from every other item")]
    [InlineData("{'uniqueItems': true}", "[{'a': 1, 'b': [2]}, {'b': [2e0], '\\u0061': 1}]",
        "/1 duplicate-item: must differ from every other item")]
    [InlineData("{'uniqueItems': false}", "[1, 1]", "")]
    public void Array_keywords(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("100", "1e2")]
    [InlineData("[1, {\"a\": 0}]", "[1.0, {\"a\":-0}]")]
    [InlineData("{\"a\":1,\"b\":2,\"c\":\"\\n\"}", "{\"c\": \"\\u000a\", \"b\": 2, \"a\": 1}")]
    [InlineData("\"ä\"", "\"\\u00e4\"")]
    public void A_duplicate_is_found_among_many_items(string first, string second)
    {
        string filler = string.Join(",", Enumerable.Range(1000, 500));
        string document = $"[{filler}, {first}, {filler.Replace(",", "0,", StringComparison.Ordinal)}0, {second}]";
        Assert.Equal(["/1001 duplicate-item"], Schemas.Codes("""{"uniqueItems": true}""", document));
    }

    [Fact]
    public void Many_different_items_are_unique()
    {
        string document = $"[{string.Join(",", Enumerable.Range(0, 5000).Select(item => $"{{\"id\":{item}}}"))}]";
        Assert.Equal([], Schemas.Codes("""{"uniqueItems": true}""", document));
    }
}
