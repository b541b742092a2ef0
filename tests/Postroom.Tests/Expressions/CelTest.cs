using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.Expressions;
using Postroom.Expressions.Values;

namespace Postroom.Tests.Expressions;

/// <summary>One of CEL's own conformance tests.</summary>
internal sealed record CelTest(
    string Name, string Expr, string Container, JsonObject? Value, bool IsError, JsonObject Bindings, JsonObject Types)
{
    public static IReadOnlyList<CelTest> Read(string json) =>
    [
        .. JsonNode.Parse(json)!.AsArray().Select(each => new CelTest(
            (string)each!["name"]!, (string)each["expr"]!, (string)each["container"]!, each["value"] as JsonObject, (bool)each["isError"]!,
            each["bindings"]!.AsObject(), each["types"]!.AsObject())),
    ];

    /// <summary>Null when a variable is of a type that the language does not have.</summary>
    public (ExpressionEnvironment Environment, ExpressionValue[] Values)? Inputs()
    {
        var environment = new ExpressionEnvironment { Container = Container.Length == 0 ? null : Container };
        var values = new List<ExpressionValue>();
        foreach (var (name, type) in Types)
        {
            if (TypeOf(type) is not { } known)
            {
                return null;
            }

            environment.Declare(name, known);
            var bound = Bindings[name]?["value"] as JsonObject;
            if (bound is not null && ValueOf(bound) is null)
            {
                return null;
            }

            values.Add(bound is null ? ExpressionValue.Error(ExpressionError.Absent) : ValueOf(bound)!.Value);
        }

        return (environment, [.. values]);
    }

    /// <summary>What the test expects, as <see cref="Sample.Show"/> writes it; null for a type that the language does not have.</summary>
    public string? Expected() => IsError ? "an error" : Value is null ? null : ValueOf(Value) is { } value ? Sample.Show(value) : null;

    private static ExpressionType? TypeOf(JsonNode? type)
    {
        if (type is not JsonObject { Count: 1 } named)
        {
            return null;
        }

        var (kind, detail) = named.First();
        return (kind, detail?.ToString()) switch
        {
            ("primitive", "INT64") => ExpressionType.Int,
            ("primitive", "DOUBLE") => ExpressionType.Double,
            ("primitive", "STRING") => ExpressionType.String,
            ("primitive", "BOOL") => ExpressionType.Bool,
            ("wellKnown", "TIMESTAMP") => ExpressionType.Timestamp,
            ("wellKnown", "DURATION") => ExpressionType.Duration,
            ("dyn", _) => ExpressionType.Dyn,
            ("null", _) => ExpressionType.Null,
            ("listType", _) => TypeOf(detail!["elemType"]) is { } element ? ExpressionType.ListOf(element) : null,
            ("mapType", _) when detail!["keyType"]?["primitive"]?.ToString() == "STRING" =>
                TypeOf(detail["valueType"]) is { } other
                    ? ExpressionType.MapOf(new Dictionary<string, ExpressionType>(), other)
                    : null,
            _ => null,
        };
    }

    private static ExpressionValue? ValueOf(JsonObject value)
    {
        var (kind, content) = value.First();
        switch (kind)
        {
            case "nullValue":
                return ExpressionValue.Null;
            case "boolValue":
                return ExpressionValue.Of((bool)content!);
            case "int64Value":
                return ExpressionValue.Of(long.Parse((string)content!, CultureInfo.InvariantCulture));
            case "doubleValue":
                return ExpressionValue.Of(double.Parse(content!.ToString(), CultureInfo.InvariantCulture));
            case "stringValue":
                return ExpressionValue.Of((string)content!);
            case "listValue":
                var items = (content!["values"] as JsonArray ?? []).Select(item => ValueOf(item!.AsObject())).ToList();
                return items.Contains(null) ? null : ExpressionValue.Of([.. items.Select(item => item!.Value)]);
            case "objectValue" when content!["@type"]!.ToString().EndsWith(".Timestamp", StringComparison.Ordinal):
                return Known(TimeText.Moment(System.Text.Encoding.UTF8.GetBytes((string)content["value"]!)));
            case "objectValue" when content!["@type"]!.ToString().EndsWith(".Duration", StringComparison.Ordinal):
                return Known(TimeText.Duration(System.Text.Encoding.UTF8.GetBytes((string)content["value"]!)));
            case "mapValue":
                return JsonOf(value) is { } json ? ExpressionValue.Json(JsonSerializer.SerializeToUtf8Bytes(json)) : null;
            default:
                return null;
        }
    }

    private static ExpressionValue? Known(ExpressionValue value) => value.IsError ? null : value;

    /// <summary>Null for what JSON does not have.</summary>
    private static JsonNode? JsonOf(JsonObject value)
    {
        var (kind, content) = value.First();
        switch (kind)
        {
            case "boolValue" or "stringValue" or "doubleValue":
                return content!.DeepClone();
            case "int64Value":
                return JsonValue.Create(long.Parse((string)content!, CultureInfo.InvariantCulture));
            case "listValue":
                var items = (content!["values"] as JsonArray ?? []).Select(item => JsonOf(item!.AsObject())).ToList();
                return items.Contains(null) ? null : new JsonArray([.. items]);
            case "mapValue":
                var map = new JsonObject();
                foreach (var entry in content!["entries"] as JsonArray ?? [])
                {
                    if (entry!["key"]!["stringValue"] is not { } name || JsonOf(entry["value"]!.AsObject()) is not { } member)
                    {
                        return null;
                    }

                    map.Add((string)name!, member);
                }

                return map;
            default:
                return null;
        }
    }
}
