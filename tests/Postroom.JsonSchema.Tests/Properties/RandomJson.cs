using System.Globalization;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>Small documents and schemas that meet often: few names, few values, every shape.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names = ["a", "b", "c", "\\u0061x"];
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    private readonly Random _random = new(seed);

    public string Document(int depth) => Pick(depth > 0 ? 8 : 6) switch
    {
        0 => "null",
        1 => OneOf("true", "false"),
        2 => (Pick(7) - 3).ToString(CultureInfo.InvariantCulture),
        3 => OneOf("1.0", "1e0", "-2.5", "0.10", "20e-1"),
        4 or 5 => OneOf("\"\"", "\"a\"", "\"\\u0061\"", "\"äb\"", "\"💩💩💩\"", "\"\\n\\\"x\""),
        6 => "[" + string.Join(Space(","), Enumerable.Range(0, Pick(4)).Select(_ => Document(depth - 1))) + "]",
        _ => "{" + string.Join(Space(","), Names.Where(_ => Pick(2) == 0)
            .Select(name => $"\"{name}\"{Space(":")}{Document(depth - 1)}")) + "}",
    };

    public string Schema(int depth)
    {
        string definitions = $"\"$defs\": {{\"d\": {Body(depth - 1, false)}, \"e\": {Body(depth - 1, false)}}}";
        string body = Body(depth, false);
        return body.StartsWith('{') ? "{" + definitions + (body == "{}" ? "}" : "," + body[1..]) : body;
    }

    private string Body(int depth, bool below)
    {
        if (Pick(12) == 0)
        {
            return OneOf("true", "false");
        }

        // A reference that stays at the value is likely to be a loop; below a value it never is one by itself.
        IEnumerable<int> keywords = Enumerable.Range(0, 25).Where(_ => Pick(6) == 0);
        var parts = keywords.Select(keyword => Keyword(keyword, depth)).Where(part => part.Length > 0).ToList();
        if (below && Pick(3) == 0)
        {
            parts.Add($"\"$ref\": \"{OneOf("#", "#/$defs/d", "#/$defs/e")}\"");
        }

        return "{" + string.Join(", ", parts) + "}";
    }

    private string Keyword(int keyword, int depth) => keyword switch
    {
        0 when Pick(2) == 0 => $"\"type\": [\"{Types[Pick(4)]}\", \"{Types[4 + Pick(3)]}\"]",
        0 => $"\"type\": \"{OneOf(Types)}\"",
        1 => $"\"enum\": [{Document(1)}, {Document(1)}, {Document(0)}]",
        2 => $"\"const\": {Document(1)}",
        3 => $"\"minimum\": {Pick(5) - 2}, \"maximum\": {Pick(3)}.5",
        4 => $"\"minLength\": {Pick(3)}",
        5 => $"\"maxLength\": {Pick(4)}",
        6 => $"\"minItems\": {Pick(3)}",
        7 => $"\"uniqueItems\": {OneOf("true", "false")}, \"maxItems\": {Pick(4)}",
        8 => $"\"required\": [\"{Names[Pick(3)]}\"]",
        _ when depth <= 0 => "",
        9 => $"\"properties\": {{\"a\": {Body(depth - 1, true)}, \"b\": {Body(depth - 1, true)}}}",
        10 => $"\"additionalProperties\": {Body(depth - 1, true)}",
        11 => $"\"prefixItems\": [{Body(depth - 1, true)}], \"items\": {Body(depth - 1, true)}",
        12 => $"\"allOf\": [{Body(depth - 1, false)}, {Body(depth - 1, false)}]",
        13 => $"\"anyOf\": [{Body(depth - 1, false)}, {Body(depth - 1, false)}]",
        14 when Pick(2) == 0 => "\"oneOf\": "
            + $"[{{\"properties\": {{\"a\": {{\"const\": \"a\"}}, \"b\": {Body(depth - 1, true)}}}}}, "
            + $"{{\"properties\": {{\"a\": {{\"enum\": [\"\", \"äb\"]}}, \"c\": {Body(depth - 1, true)}}}}}]",
        14 => $"\"oneOf\": [{Body(depth - 1, false)}, {Body(depth - 1, false)}, {Body(depth - 1, false)}]",
        15 => $"\"not\": {Body(depth - 1, false)}",
        _ => Condition(keyword, depth),
    };

    private string Condition(int keyword, int depth) => keyword switch
    {
        16 => $"\"if\": {Body(depth - 1, false)}, \"then\": {Body(depth - 1, false)}, "
            + $"\"else\": {Body(depth - 1, false)}",
        17 => $"\"contains\": {Body(depth - 1, true)}"
            + OneOf("", ", \"minContains\": 0", ", \"minContains\": 2", ", \"maxContains\": 1"),
        18 => $"\"propertyNames\": {Body(0, false)}",
        19 => $"\"dependentRequired\": {{\"a\": [\"{Names[Pick(3)]}\"], \"b\": []}}",
        20 => $"\"dependentSchemas\": {{\"{Names[Pick(3)]}\": {Body(depth - 1, false)}}}",
        21 => $"\"patternProperties\": {{\"^[ab]\": {Body(depth - 1, true)}, \"x$\": {Body(depth - 1, true)}}}",
        22 => $"\"unevaluatedProperties\": {OneOf("false", Body(depth - 1, true))}",
        23 => $"\"unevaluatedItems\": {OneOf("false", Body(depth - 1, true))}",
        _ => $"\"pattern\": \"{OneOf("^a", "b$", "^[^a]*$", "^.{2,3}$", "x|^$")}\"",
    };

    private string Space(string sign) => Pick(3) == 0 ? " " + sign + "\n" : sign;

    private int Pick(int count) => _random.Next(count);

    private string OneOf(params string[] values) => values[Pick(values.Length)];
}
