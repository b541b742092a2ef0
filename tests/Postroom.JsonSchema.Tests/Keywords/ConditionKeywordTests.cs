namespace Postroom.JsonSchema.Tests.Keywords;

/// <summary>What one part of a value asks of another.</summary>
public sealed class ConditionKeywordTests
{
    [Theory]
    [InlineData("{'if': {'type': 'string'}, 'then': {'minLength': 2}, 'else': {'minimum': 5}}", "'ab'", "")]
    [InlineData("{'if': {'type': 'string'}, 'then': {'minLength': 2}, 'else': {'minimum': 5}}", "'a'",
        " too-short: must be at least 2 characters; it has 1")]
    [InlineData("{'if': {'type': 'string'}, 'then': {'minLength': 2}, 'else': {'minimum': 5}}", "4",
        " too-small: must be at least 5; it is 4")]
    [InlineData("{'then': false, 'else': false}", "4", "")]
    [InlineData("{'if': false}", "4", "")]
    public void A_condition_chooses_what_follows(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("{'dependentRequired': {'card': ['address', 'name']}}", "{'name': 1}", "")]
    [InlineData("{'dependentRequired': {'card': ['address', 'name']}}", "{'name': 1, 'card': 2}",
        "/address required: is required when \"card\" is there")]
    [InlineData("{'dependentSchemas': {'card': {'maxProperties': 1}}}", "{'a': 1, 'b': 2}", "")]
    [InlineData("{'dependentSchemas': {'card': {'maxProperties': 1}}}", "{'a': 1, 'card': 2}",
        " too-many-properties: must have at most 1 property; it has 2")]
    [InlineData("{'dependencies': {'card': ['address'], 'a': {'required': ['b']}}}", "{'card': 1, 'a': 2}",
        "/address required: is required when \"card\" is there\n/b required: is required")]
    public void A_property_may_ask_for_more(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("{'propertyNames': {'maxLength': 3}}", "{'abc': {'abcd': 1}}", "")]
    [InlineData("{'propertyNames': {'maxLength': 3, 'pattern': '^a'}}", "{'abc': 1, 'wxyz': 2}",
        "/wxyz property-name: has a name that is not allowed: must be at most 3 characters; it has 4\n"
        + "/wxyz property-name: has a name that is not allowed: must match the pattern ^a")]
    [InlineData("{'propertyNames': false}", "{'a': 1}",
        "/a property-name: has a name that is not allowed: is not allowed")]
    [InlineData("{'propertyNames': {'enum': ['aé']}}", "{'a\\u00e9': 1}", "")]
    public void Names_are_judged_as_strings(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("{'contains': {'type': 'string'}}", "[1, 'a']", "")]
    [InlineData("{'contains': {'type': 'string'}}", "[1]",
        " too-few-matches: must have at least 1 item that fits what the list must contain; it has 0")]
    [InlineData("{'contains': {'type': 'string'}, 'minContains': 2, 'maxContains': 2}", "['a', 'b', 'c']",
        " too-many-matches: must have at most 2 items that fit what the list must contain; it has 3")]
    [InlineData("{'contains': {'type': 'string'}, 'minContains': 0}", "[1]", "")]
    [InlineData("{'contains': {'const': [1]}}", "[[2], [1.0]]", "")]
    [InlineData("{'minContains': 2}", "[]", "")]
    public void An_array_must_contain(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);
}
