using System.Text.Json;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>
/// Judges by the specification's words, one keyword after the other, on parsed trees, with the annotations as the
/// specification collects them: slow and plain, and nothing in common with the walk.
/// </summary>
internal sealed partial class TextbookEvaluator(JsonElement root)
{
    private static readonly string[] Last = ["unevaluatedItems", "unevaluatedProperties"];

    public bool Accepts(JsonElement value) => Evaluate(root, value) is not null;

    /// <summary>What was evaluated of the value; null when it does not fit.</summary>
    private Evaluated? Evaluate(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True ? new Evaluated() : null;
        }

        var evaluated = new Evaluated();
        bool valid = true;
        foreach (JsonProperty keyword in schema.EnumerateObject().OrderBy(each => Array.IndexOf(Last, each.Name)))
        {
            // Every keyword is looked at, so that none of them counts on another having failed before.
            valid &= Keyword(schema, keyword.Name, keyword.Value, value, evaluated);
        }

        return valid ? evaluated : null;
    }

    private bool Keyword(JsonElement schema, string name, JsonElement rule, JsonElement value, Evaluated evaluated) =>
        Assertion(name, rule, value) ?? InPlace(schema, name, rule, value, evaluated)
        ?? value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, name, rule, value, evaluated),
            JsonValueKind.Array => OfArray(schema, name, rule, value, evaluated),
            _ => true,
        };

    /// <summary>Null for a keyword that gives the value to other schemas, or none that is known here.</summary>
    private static bool? Assertion(string name, JsonElement rule, JsonElement value) => name switch
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
        "pattern" => value.ValueKind != JsonValueKind.String || Matches(rule.GetString()!, value.GetString()!),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
        "uniqueItems" => value.ValueKind != JsonValueKind.Array || !rule.GetBoolean() || Unique(value),
        "required" => value.ValueKind != JsonValueKind.Object || HasAll(rule, value),
        "dependentRequired" => value.ValueKind != JsonValueKind.Object || rule.EnumerateObject()
            .All(dependent => !value.TryGetProperty(dependent.Name, out _) || HasAll(dependent.Value, value)),
        "$defs" or "then" or "else" or "minContains" or "maxContains" => true,
        _ => null,
    };

    private bool? InPlace(
        JsonElement schema, string name, JsonElement rule, JsonElement value, Evaluated evaluated)
    {
        Evaluated?[] Branches() => [.. rule.EnumerateArray().Select(branch => Evaluate(branch, value))];
        return name switch
        {
            "allOf" => evaluated.Take(Branches()) == rule.GetArrayLength(),
            "anyOf" => evaluated.Take(Branches()) > 0,
            "oneOf" => evaluated.Take(Branches()) == 1,
            "not" => Evaluate(rule, value) is null,
            "$ref" => evaluated.Take(Evaluate(Target(rule.GetString()!), value)) == 1,
            "if" => Condition(schema, rule, value, evaluated),
            "dependentSchemas" => value.ValueKind != JsonValueKind.Object || rule.EnumerateObject().All(dependent =>
                !value.TryGetProperty(dependent.Name, out _)
                || evaluated.Take(Evaluate(dependent.Value, value)) == 1),
            _ => null,
        };
    }

    private bool Condition(JsonElement schema, JsonElement rule, JsonElement value, Evaluated evaluated)
    {
        string follows = evaluated.Take(Evaluate(rule, value)) == 1 ? "then" : "else";
        return !schema.TryGetProperty(follows, out JsonElement branch)
            || evaluated.Take(Evaluate(branch, value)) == 1;
    }

    private JsonElement Target(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (at, token) => at.GetProperty(token));

    /// <summary>The annotations of the applicators, as names and positions.</summary>
    private sealed class Evaluated
    {
        public HashSet<string> Names { get; } = [];

        public HashSet<int> Items { get; } = [];

        /// <summary>Takes what the schemas that fit evaluated; gives their number.</summary>
        public int Take(params Evaluated?[] branches)
        {
            foreach (Evaluated branch in branches.OfType<Evaluated>())
            {
                Names.UnionWith(branch.Names);
                Items.UnionWith(branch.Items);
            }

            return branches.Count(branch => branch is not null);
        }
    }
}
