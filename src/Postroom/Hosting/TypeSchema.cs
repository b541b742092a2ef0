using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Postroom.Hosting;

/// <summary>
/// Makes a JSON Schema of a type's JSON contract and its annotations (Required, StringLength, EmailAddress …), so
/// that what a .NET developer writes anyway is what every POST is judged by.
/// </summary>
internal static class TypeSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Annotate(context, node),
    };

    /// <param name="type">The contract.</param>
    /// <param name="takesNull">False for what is an object and nothing else.</param>
    public static byte[] From(JsonTypeInfo type, bool takesNull = true)
    {
        var schema = type.Options.GetJsonSchemaAsNode(type.Type, Options);
        if (!takesNull && schema is JsonObject root && root["type"] is JsonArray)
        {
            root["type"] = "object";
        }

        return JsonSerializer.SerializeToUtf8Bytes(schema, SchemaNodeContext.Default.JsonNode);
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        if (context.PropertyInfo?.AttributeProvider is { } provider)
        {
            foreach (var attribute in provider.GetCustomAttributes(typeof(ValidationAttribute), inherit: true))
            {
                Apply(schema, (ValidationAttribute)attribute);
            }
        }

        if (context.PropertyInfo is null && context.Path.IsEmpty)
        {
            RequireAnnotated(context.TypeInfo, schema);
        }

        return schema;
    }

    /// <summary>A property is required when the language says so or when it is annotated so.</summary>
    private static void RequireAnnotated(JsonTypeInfo type, JsonObject schema)
    {
        var required = schema["required"] as JsonArray ?? [];
        foreach (var property in type.Properties)
        {
            var isAnnotated = property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true;
            if (isAnnotated && !required.Any(name => (string?)name == property.Name))
            {
                required.Add((JsonNode?)property.Name);
            }
        }

        if (required.Count > 0 && required.Parent is null)
        {
            schema["required"] = required;
        }
    }

    private static void Apply(JsonObject schema, ValidationAttribute attribute)
    {
        switch (attribute)
        {
            case StringLengthAttribute length:
                schema["maxLength"] = length.MaximumLength;
                SetMinimum(schema, length.MinimumLength);
                break;
            case MaxLengthAttribute { Length: > 0 } longest:
                schema["maxLength"] = longest.Length;
                break;
            case MinLengthAttribute shortest:
                SetMinimum(schema, shortest.Length);
                break;
            case EmailAddressAttribute:
                schema["format"] = "email";
                break;
            case AllowedValuesAttribute { Values: var values } when values.All(value => value is string):
                schema["enum"] = new JsonArray([.. values.Select(value => (JsonNode?)(string?)value)]);
                break;
            case DataTypeAttribute { DataType: DataType.Upload }:
                (schema["items"] as JsonObject ?? schema)["format"] = "binary";
                break;
            case UrlAttribute:
                schema["format"] = "uri";
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = $"^(?:{pattern.Pattern})$";
                break;
            case RangeAttribute { Minimum: IConvertible low, Maximum: IConvertible high }:
                schema["minimum"] = low.ToDouble(System.Globalization.CultureInfo.InvariantCulture);
                schema["maximum"] = high.ToDouble(System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
    }

    private static void SetMinimum(JsonObject schema, int length)
    {
        if (length > 0)
        {
            schema["minLength"] = length;
        }
    }
}
