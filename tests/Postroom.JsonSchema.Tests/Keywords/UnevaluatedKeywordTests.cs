namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class UnevaluatedKeywordTests
{
    [Theory]
    [InlineData("{'properties': {'a': {}}, 'unevaluatedProperties': false}", "{'a': 1}", "")]
    [InlineData("{'properties': {'a': {}}, 'unevaluatedProperties': false}", "{'a': 1, 'b': 2}",
        "/b unevaluated-property: is not a known property")]
    [InlineData("{'allOf': [{'properties': {'a': {}}}, {'patternProperties': {'^b': {}}}], "
        + "'unevaluatedProperties': {'type': 'string'}}", "{'a': 1, 'b1': 2, 'c': 'x', 'd': 3}",
        "/d type: must be a string; it is the number 3")]
    [InlineData("{'anyOf': [{'properties': {'a': {'const': 1}}}, {'properties': {'b': {'const': 2}}}], "
        + "'unevaluatedProperties': false}", "{'a': 1, 'b': 2}", "")]
    [InlineData("{'anyOf': [{'properties': {'a': {'const': 1}}}, {'properties': {'b': {'const': 2}}}], "
        + "'unevaluatedProperties': false}", "{'a': 1, 'b': 3}", "/b unevaluated-property: is not a known property")]
    [InlineData("{'not': {'not': {'properties': {'a': {}}}}, 'unevaluatedProperties': false}", "{'a': 1}",
        "/a unevaluated-property: is not a known property")]
    [InlineData("{'if': {'required': ['k'], 'properties': {'k': {}}}, 'then': {'properties': {'t': {}}}, "
        + "'else': {'properties': {'e': {}}}, 'unevaluatedProperties': false}", "{'k': 1, 't': 2, 'e': 3}",
        "/e unevaluated-property: is not a known property")]
    [InlineData("{'dependentSchemas': {'k': {'properties': {'v': {}}}}, 'properties': {'k': {}}, "
        + "'unevaluatedProperties': false}", "{'k': 1, 'v': 2}", "")]
    [InlineData("{'allOf': [{'unevaluatedProperties': true}], 'unevaluatedProperties': false}", "{'a': 1}", "")]
    [InlineData("{'allOf': [{'additionalProperties': true}], 'unevaluatedProperties': false}", "{'a': 1}", "")]
    [InlineData("{'properties': {'a': {'properties': {'b': {}}}}, 'unevaluatedProperties': false}",
        "{'a': {'c': 1}}", "")]
    [InlineData("{'unevaluatedProperties': {'minItems': 1}}", "{'a': [[1], 2], 'b': {}}", "")]
    [InlineData("{'properties': {'\\u0061': {}}, 'unevaluatedProperties': false}", "{'\\u0061': 1}", "")]
    public void Properties_that_nobody_spoke_of(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("{'prefixItems': [{}], 'unevaluatedItems': false}", "[1, 2]",
        "/1 unevaluated-item: is not a known item")]
    [InlineData("{'allOf': [{'prefixItems': [{}, {}]}], 'unevaluatedItems': {'type': 'null'}}", "[1, 2, null, 4]",
        "/3 type: must be null; it is the number 4")]
    [InlineData("{'contains': {'type': 'string'}, 'unevaluatedItems': {'type': 'null'}}", "[null, 'a', null]", "")]
    [InlineData("{'contains': {'type': 'string'}, 'unevaluatedItems': false}", "['a', 1]",
        "/1 unevaluated-item: is not a known item")]
    [InlineData("{'$schema': 'https://json-schema.org/draft/2019-09/schema', 'contains': {'type': 'string'}, "
        + "'unevaluatedItems': false}", "['a']", "/0 unevaluated-item: is not a known item")]
    [InlineData("{'items': {'unevaluatedItems': {'minProperties': 1}}}", "[[{'a': 1}], [{}]]",
        "/1/0 too-few-properties: must have at least 1 property; it has 0")]
    [InlineData("{'allOf': [{'items': true}], 'unevaluatedItems': false}", "[1]", "")]
    public void Items_that_nobody_spoke_of(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);
}
