using System.Text;

namespace Postroom.JsonSchema.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("{'type': 'object', 'required': ['name'], 'additionalProperties': false, "
        + "'properties': {'name': {'maxLength': 20}, 'email': {'format': 'email'}}}",
        "{'name': 'Ada \\u00e9', 'email': 'ada\\u0040example.com'}")]
    [InlineData("{'additionalProperties': {'type': 'integer', 'minimum': 0.5, 'multipleOf': 0.5}}",
        "{'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6, 'g': 7, 'h': 8, 'i': 9, 'j': 10, 'k\\n': 1e1}")]
    [InlineData("{'items': {'anyOf': [{'type': 'string', 'pattern': '^[a-z]'}, {'required': ['id']}, {'$ref': '#'}]}}",
        "['abc', {'id': 1}, [{'id': 2}, ['x', []]], 'def']")]
    [InlineData("{'uniqueItems': true, 'items': {'enum': [1, 2.50, 'x', [1, {'a': 2}], 4, 5, 6, 7, 8, 9]}}",
        "[2.5, 1, 'x', [1.0, {'a': 2}], 4, 5, 6, 7, 8, 9]")]
    [InlineData("{'patternProperties': {'^x': {'const': null}}, 'not': {'required': ['y']}, "
        + "'oneOf': [{'minProperties': 2}, {'maxProperties': 1}]}",
        "{'x1': null, 'x\\u0032': null, 'z': [[]]}")]
    [InlineData("{'properties': {'k': {}}, 'anyOf': [{'properties': {'a': {'const': 1}}}, {'properties': {'b': {}}}], "
        + "'unevaluatedProperties': {'contains': {'type': 'null'}, 'unevaluatedItems': {'type': 'integer'}}}",
        "{'k': 1, 'a': 1, 'b': [], 'c': [1, null, 2], '\\u0064': [null]}")]
    [InlineData("{'if': {'required': ['a']}, 'then': {'dependentRequired': {'a': ['b']}}, 'propertyNames': "
        + "{'pattern': '^[a-z]$'}, 'dependentSchemas': {'b': {'minProperties': 2}}}", "{'a': 1, 'b': 2}")]
    [InlineData("{'oneOf': [{'properties': {'k': {'const': 'a'}}}, {'properties': {'k': {'const': 'b'}}}], "
        + "'$dynamicAnchor': 'n', 'properties': {'k': {}}, 'additionalProperties': {'$dynamicRef': '#n'}}",
        "{'k': 'b', 'x': {'k': 'a', 'y': {'k': 'a'}}}")]
    [InlineData("{'items': [{'format': 'idn-hostname'}, {'format': 'uri'}, {'format': 'duration'}, {'format': 'time'}, "
        + "{'pattern': '^\\\\p{L}+$'}], '$schema': 'http://json-schema.org/draft-07/schema#'}",
        "['b\\u00fccher.example', 'https://a.example/', 'P1D', '12:00:00Z', 'Adé']")]
    public void A_valid_document_allocates_nothing(string schema, string document)
    {
        CompiledSchema compiled = Schemas.Compile(schema.Replace('\'', '"'));
        byte[] text = Encoding.UTF8.GetBytes(document.Replace('\'', '"'));
        var faults = new SchemaFaults();
        for (int round = 0; round < 50; round++)
        {
            Assert.Equal(JsonVerdict.Valid, compiled.Walk(text, faults));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonVerdict verdict = compiled.Walk(text, faults);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((JsonVerdict.Valid, 0L), (verdict, allocated));
    }
}
