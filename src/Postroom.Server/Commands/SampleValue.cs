using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Server.Commands;

/// <summary>
/// Writes a value that a schema is likely to take: short, plain, and never deeper than a person would type.
/// </summary>
internal sealed class SampleValue(Utf8JsonWriter json)
{
    private const int DepthMax = 6;
    private const int ItemsMax = 3;
    private const int LengthMax = 200;

    private int _depth;

    public void WriteProperties(SchemaView schema)
    {
        _depth++;
        foreach (var property in schema.Properties.Where(property => property.Required && _depth <= DepthMax))
        {
            json.WritePropertyName(property.Name);
            Write(property.Name, property.Schema);
        }

        _depth--;
    }

    private void Write(string name, SchemaView schema)
    {
        if (schema.Const is { } constant)
        {
            json.WriteRawValue(constant.Span);
        }
        else if (schema.EnumValues is [var first, ..])
        {
            json.WriteRawValue(first.Span);
        }
        else if (schema.Types.HasFlag(SchemaTypes.String))
        {
            json.WriteStringValue(Text(name, schema));
        }
        else if (schema.Types.HasFlag(SchemaTypes.Integer) || schema.Types.HasFlag(SchemaTypes.Number))
        {
            json.WriteRawValue(schema.Minimum ?? schema.MultipleOf ?? "1");
        }
        else if (schema.Types.HasFlag(SchemaTypes.Boolean))
        {
            json.WriteBooleanValue(true);
        }
        else if (schema.Types.HasFlag(SchemaTypes.Object))
        {
            json.WriteStartObject();
            WriteProperties(schema);
            json.WriteEndObject();
        }
        else
        {
            WriteItems(name, schema);
        }
    }

    private void WriteItems(string name, SchemaView schema)
    {
        _depth++;
        json.WriteStartArray();
        for (var count = 0; count < Math.Min(schema.MinItems ?? 0, ItemsMax) && _depth <= DepthMax; count++)
        {
            if (schema.Items is { } items)
            {
                Write(name, items);
            }
            else
            {
                json.WriteStringValue("Hello");
            }
        }

        json.WriteEndArray();
        _depth--;
    }

    private static string Text(string name, SchemaView schema) => schema.Format switch
    {
        "email" => "ada@example.com",
        "uri" => "https://example.com/",
        "date" => "2030-01-31",
        "time" => "12:00:00Z",
        "date-time" => "2030-01-31T12:00:00Z",
        "uuid" => "0198f0a0-0000-7000-8000-000000000000",
        _ => Fit(name.Contains("name", StringComparison.OrdinalIgnoreCase) ? "Ada" : "Hello", schema),
    };

    private static string Fit(string text, SchemaView schema)
    {
        var longEnough = text.PadRight((int)Math.Min(schema.MinLength ?? 0, LengthMax), '.');
        return schema.MaxLength is { } max && max < longEnough.Length ? longEnough[..(int)max] : longEnough;
    }
}
