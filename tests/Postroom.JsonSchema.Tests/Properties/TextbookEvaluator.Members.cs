using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Tests.Properties;

internal sealed partial class TextbookEvaluator
{
    private bool OfObject(
        JsonElement schema, string name, JsonElement rule, JsonElement value, Evaluated evaluated)
    {
        bool Judge(JsonProperty member, JsonElement judge)
        {
            evaluated.Names.Add(member.Name);
            return Evaluate(judge, member.Value) is not null;
        }

        JsonProperty[] members = [.. value.EnumerateObject()];
        switch (name)
        {
            case "properties":
                return members.All(member =>
                    !rule.TryGetProperty(member.Name, out JsonElement own) || Judge(member, own));
            case "patternProperties":
                return members.All(member => rule.EnumerateObject()
                    .All(pattern => !Matches(pattern.Name, member.Name) || Judge(member, pattern.Value)));
            case "additionalProperties":
                return members.All(member => IsDeclared(schema, member.Name) || Judge(member, rule));
            case "propertyNames":
                return members.All(member => Evaluate(rule, Text(member.Name)) is not null);
            case "unevaluatedProperties":
                return members.Where(member => !evaluated.Names.Contains(member.Name)).ToArray()
                    .All(member => Judge(member, rule));
            default:
                return name is "prefixItems" or "items" or "contains" or "unevaluatedItems"
                    ? true
                    : throw new NotSupportedException(name);
        }
    }

    private bool OfArray(JsonElement schema, string name, JsonElement rule, JsonElement value, Evaluated evaluated)
    {
        bool Judge(int index, JsonElement judge)
        {
            evaluated.Items.Add(index);
            return Evaluate(judge, value[index]) is not null;
        }

        IEnumerable<int> all = Enumerable.Range(0, value.GetArrayLength());
        int prefix = schema.TryGetProperty("prefixItems", out JsonElement first) ? first.GetArrayLength() : 0;
        switch (name)
        {
            case "prefixItems":
                return all.Take(prefix).All(index => Judge(index, rule[index]));
            case "items":
                return all.Skip(prefix).All(index => Judge(index, rule));
            case "contains":
                int[] found = [.. all.Where(index => Evaluate(rule, value[index]) is not null)];
                evaluated.Items.UnionWith(found);
                return found.Length >= Count(schema, "minContains", 1)
                    && found.Length <= Count(schema, "maxContains", int.MaxValue);
            case "unevaluatedItems":
                return all.Where(index => !evaluated.Items.Contains(index)).ToArray()
                    .All(index => Judge(index, rule));
            default:
                return true;
        }
    }

    private static bool IsDeclared(JsonElement schema, string name) =>
        (schema.TryGetProperty("properties", out JsonElement declared) && declared.TryGetProperty(name, out _))
        || (schema.TryGetProperty("patternProperties", out JsonElement patterns)
            && patterns.EnumerateObject().Any(pattern => Matches(pattern.Name, name)));

    private static int Count(JsonElement schema, string name, int otherwise) =>
        schema.TryGetProperty(name, out JsonElement count) ? count.GetInt32() : otherwise;

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private static bool HasAll(JsonElement names, JsonElement value) =>
        names.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));

    /// <summary>For patterns that mean the same in .NET, once every character is one unit of text.</summary>
    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : '\uE000')),
            pattern.Replace("$", "\\z", StringComparison.Ordinal));

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(value.ValueKind.ToString(), type, StringComparison.OrdinalIgnoreCase),
    };

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static bool Unique(JsonElement array)
    {
        JsonElement[] items = [.. array.EnumerateArray()];
        return !items.Where((item, index) => items.Take(index).Any(other => JsonElement.DeepEquals(item, other))).Any();
    }
}
