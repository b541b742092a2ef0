namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class ValueKeywordTests
{
    [Theory]
    [InlineData("true", "[1, {'a': null}]", "")]
    [InlineData("false", "1", " not-allowed: is not allowed")]
    [InlineData("false", "{'a': 1}", " not-allowed: is not allowed")]
    [InlineData("{}", "'x'", "")]
    [InlineData("{'type': 'object'}", "{}", "")]
    [InlineData("{'type': 'object'}", "[]", " type: must be an object; it is an array")]
    [InlineData("{'type': 'array'}", "{'a': [1]}", " type: must be an array; it is an object")]
    [InlineData("{'type': 'boolean'}", "false", "")]
    [InlineData("{'type': 'boolean'}", "null", " type: must be true or false; it is null")]
    [InlineData("{'type': 'null'}", "false", " type: must be null; it is false")]
    [InlineData("{'type': 'number'}", "1.5", "")]
    [InlineData("{'type': 'number'}", "'1.5'", " type: must be a number; it is a string")]
    [InlineData("{'type': ['string', 'null']}", "null", "")]
    [InlineData("{'type': ['string', 'null']}", "true", " type: must be a string or null; it is true")]
    [InlineData("{'type': ['integer', 'string', 'null']}", "1.5",
        " type: must be a string, a whole number or null; it is the number 1.5")]
    [InlineData("{'type': 'string', 'minLength': 3}", "7", " type: must be a string; it is the number 7")]
    [InlineData("{'enum': ['a', 'b']}", "'b'", "")]
    [InlineData("{'enum': ['a', 'b']}", "'\\u0062'", "")]
    [InlineData("{'enum': ['a', 'b']}", "'c'", " enum: must be one of 'a', 'b'")]
    [InlineData("{'enum': ['a', 1, null, [1, {'x': 2}]]}", "[1.0, {'x': 2e0}]", "")]
    [InlineData("{'enum': ['a', 1, null, [1, {'x': 2}]]}", "1.0", "")]
    [InlineData("{'enum': [1]}", "true", " enum: must be 1")]
    [InlineData("{'enum': [1,2,3,4,5,6,7,8,9,10]}", "0", " enum: must be one of 1, 2, 3, 4, 5, 6, 7, 8 and 2 more")]
    [InlineData("{'enum': []}", "0", " enum: must be one of no values")]
    [InlineData("{'const': {'a': [1], 'b': 2}}", "{'b': 2, 'a': [1]}", "")]
    [InlineData("{'const': {'a': [1], 'b': 2}}", "{'b': 2}", " const: must be {'a': [1], 'b': 2}")]
    [InlineData("{'const': null}", "0", " const: must be null")]
    [InlineData("{'const': 1.10}", "1.1", "")]
    public void Value_keywords(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected.Replace('\'', '"'));
}
