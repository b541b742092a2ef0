using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>Schemas that are made together with a document that fits them.</summary>
public sealed class ValidInstanceTests
{
    private static readonly string[] Texts = ["", "a", "äb", "💩💩💩", "a/b~c", "2026"];

    [Fact]
    public void Every_document_made_for_a_schema_is_accepted_and_one_of_another_type_is_not()
    {
        var faults = new SchemaFaults();
        for (int seed = 0; seed < 3000; seed++)
        {
            (string schema, string document) = Make(new Random(seed), 4);
            string whole = $"{{\"allOf\": [{schema}], \"$defs\": {{\"any\": true, \"kept\": {schema}}}, "
                + "\"$ref\": \"#/$defs/kept\"}";
            CompiledSchema compiled = Schemas.Compile(whole);
            JsonVerdict verdict = compiled.Walk(Encoding.UTF8.GetBytes(document), faults);
            Assert.True(
                verdict == JsonVerdict.Valid, $"{(faults.Count > 0 ? faults[0] : null)} {document} by {whole}");
            string other = document[0] == '"' ? "[]" : "\"other\"";
            Assert.Equal(JsonVerdict.Invalid, compiled.Walk(Encoding.UTF8.GetBytes(other), faults));
        }
    }

    private static (string Schema, string Document) Make(Random random, int depth)
    {
        (string schema, string document) = random.Next(depth > 0 ? 5 : 3) switch
        {
            0 => Text(random),
            1 => Number(random),
            2 => random.Next(2) == 0 ? ("{\"type\": \"null\"}", "null") : ("{\"type\": \"boolean\"}", "true"),
            3 => List(random, depth - 1),
            _ => Members(random, depth - 1),
        };
        return (Wrap(random, schema), document);
    }

    /// <summary>Says the same in another way.</summary>
    private static string Wrap(Random random, string schema) => random.Next(12) switch
    {
        0 => $$"""{"allOf": [true, {{schema}}]}""",
        1 => $$"""{"anyOf": [false, {{schema}}]}""",
        2 => $"{{\"oneOf\": [{{\"not\": {{}}}}, {schema}, false]}}",
        3 => $"{{\"not\": {{\"not\": {schema}}}}}",
        4 => $$"""{"if": {{schema}}, "then": true, "else": false}""",
        5 => $"{{\"if\": false, \"then\": false, \"else\": {schema}}}",
        6 => $$"""{"allOf": [{{schema}}, {"$ref": "#/$defs/any"}], "unevaluatedItems": true}""",
        _ => schema,
    };

    private static (string Schema, string Document) Text(Random random)
    {
        string text = Texts[random.Next(Texts.Length)];
        int length = text.EnumerateRunes().Count();
        return (
            $"{{\"type\": \"string\", \"minLength\": {length}, \"maxLength\": {length}, "
            + $"\"pattern\": \"^.{{{length}}}$\"}}",
            JsonSerializer.Serialize(text));
    }

    private static (string Schema, string Document) Number(Random random)
    {
        int step = random.Next(1, 50), times = random.Next(-9, 9);
        string value = (step * times).ToString(CultureInfo.InvariantCulture);
        return (
            $$"""{"type": "integer", "minimum": {{value}}, "maximum": {{value}}.0, "const": {{value}}e0, """
            + $"\"multipleOf\": {step}}}",
            value + new[] { "", ".0", "e0" }[random.Next(3)]);
    }

    private static (string Schema, string Document) List(Random random, int depth)
    {
        (string Schema, string Document)[] items =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Make(random, depth))];
        string prefix = string.Join(", ", items.Select(item => item.Schema));
        string last = random.Next(2) == 0 ? "items" : "unevaluatedItems";
        return (
            $$"""{"type": "array", "prefixItems": [{{prefix}}], "{{last}}": false, "contains": {{items[0].Schema}}, """
            + $"\"minItems\": {items.Length}, \"maxContains\": {items.Length}}}",
            $"[{string.Join(", ", items.Select(item => item.Document))}]");
    }

    private static (string Schema, string Document) Members(Random random, int depth)
    {
        (string Name, string Schema, string Document)[] members =
        [
            .. Texts.Where(_ => random.Next(2) == 0)
                .Select(name => (Name: JsonSerializer.Serialize(name), Pair: Make(random, depth)))
                .Select(member => (member.Name, member.Pair.Schema, member.Pair.Document)),
        ];
        string names = string.Join(", ", members.Select(member => member.Name));
        string properties = string.Join(", ", members.Select(member => $"{member.Name}: {member.Schema}"));
        string last = random.Next(2) == 0 ? "additionalProperties" : "unevaluatedProperties";
        return (
            $"{{\"type\": \"object\", \"properties\": {{{properties}}}, \"required\": [{names}], \"{last}\": false, "
            + $"\"propertyNames\": {{\"maxLength\": 5}}, \"dependentRequired\": {{\"a\": [{names}]}}}}",
            $"{{{string.Join(", ", members.Reverse().Select(member => $"{member.Name}: {member.Document}"))}}}");
    }
}
