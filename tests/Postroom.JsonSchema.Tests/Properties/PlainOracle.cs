using System.Text.Json;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>Judges by the specification's words, one keyword after the other: slow and plain.</summary>
internal static class PlainOracle
{
    public static bool Accepts(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True;
        }

        return schema.EnumerateObject().All(keyword => Keyword(root, schema, keyword.Name, keyword.Value, value));
    }

    private static bool Keyword(JsonElement root, JsonElement schema, string name, JsonElement rule, JsonElement value)
    {
        bool Fits(JsonElement branch) => Accepts(root, branch, value);
        return name switch
        {
            "type" => rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => HasType(type.GetString()!, value))
                : HasType(rule.GetString()!, value),
            "const" => JsonElement.DeepEquals(rule, value),
            "enum" => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
            "minLength" => value.ValueKind != JsonValueKind.String || Length(value) >= rule.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || Length(value) <= rule.GetInt32(),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
            "uniqueItems" => value.ValueKind != JsonValueKind.Array || !rule.GetBoolean() || Unique(value),
            "required" => value.ValueKind != JsonValueKind.Object
                || rule.EnumerateArray().All(property => value.TryGetProperty(property.GetString()!, out _)),
            "allOf" => rule.EnumerateArray().All(Fits),
            "anyOf" => rule.EnumerateArray().Any(Fits),
            "oneOf" => rule.EnumerateArray().Count(Fits) == 1,
            "not" => !Fits(rule),
            "$ref" => Fits(Target(root, rule.GetString()!)),
            "items" or "prefixItems" or "properties" or "additionalProperties" =>
                Below(root, schema, name, rule, value),
            "$defs" => true,
            _ => throw new NotSupportedException(name),
        };
    }

    private static bool Below(JsonElement root, JsonElement schema, string name, JsonElement rule, JsonElement value)
    {
        if (name is "items" or "prefixItems")
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                return true;
            }

            int prefix = schema.TryGetProperty("prefixItems", out JsonElement first) ? first.GetArrayLength() : 0;
            return name == "items"
                ? value.EnumerateArray().Skip(prefix).All(item => Accepts(root, rule, item))
                : value.EnumerateArray().Zip(rule.EnumerateArray()).All(pair => Accepts(root, pair.Second, pair.First));
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        bool Declared(string property) =>
            schema.TryGetProperty("properties", out JsonElement declared) && declared.TryGetProperty(property, out _);
        return name == "properties"
            ? value.EnumerateObject().All(member =>
                !rule.TryGetProperty(member.Name, out JsonElement own) || Accepts(root, own, member.Value))
            : value.EnumerateObject().All(member => Declared(member.Name) || Accepts(root, rule, member.Value));
    }

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

    private static JsonElement Target(JsonElement root, string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (at, token) => at.GetProperty(token));
}
