using System.Globalization;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Description;

/// <summary>
/// Writes a value that a schema is likely to take: short, plain, and never deeper than a person would type.
/// </summary>
/// <param name="json">Takes it.</param>
/// <param name="requiredOnly">Leaves out what may be left out.</param>
internal sealed class SampleValue(Utf8JsonWriter json, bool requiredOnly = true)
{
    private const int DepthMax = 6;
    private const int ItemsMax = 3;
    private const int LengthMax = 200;
    private const int ValuesMax = 200;

    private int _depth;
    private int _values;

    public void WriteProperties(SchemaView schema)
    {
        _depth++;
        foreach (var property in schema.Properties.Where(property => Shows(property) && HasRoom))
        {
            json.WritePropertyName(property.Name);
            Write(property.Name, property.Schema, 0);
        }

        _depth--;
    }

    /// <summary>A document: an object where the schema takes one.</summary>
    public void WriteWhole(SchemaView schema)
    {
        if (schema.Types.HasFlag(SchemaTypes.Object) && Given(schema, 0) is null)
        {
            json.WriteStartObject();
            WriteProperties(schema);
            json.WriteEndObject();
        }
        else
        {
            Write("", schema, 0);
        }
    }

    /// <summary>A value of any kind.</summary>
    /// <param name="name">What it is called, which tells what people would write.</param>
    /// <param name="schema">What it must fit.</param>
    /// <param name="number">Its place in a list, which keeps its items apart.</param>
    private void Write(string name, SchemaView schema, int number)
    {
        _values++;
        if (Given(schema, number) is { } given)
        {
            json.WriteRawValue(given.Span);
        }
        else if (schema.Types.HasFlag(SchemaTypes.String))
        {
            json.WriteStringValue(Text(name, schema) + (number == 0 ? "" : Numeral(number)));
        }
        else if (schema.Types.HasFlag(SchemaTypes.Integer) || schema.Types.HasFlag(SchemaTypes.Number))
        {
            json.WriteRawValue(Number(schema, number));
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
        else if (schema.Types.HasFlag(SchemaTypes.Array))
        {
            WriteItems(name, schema);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private bool HasRoom => _depth <= DepthMax && _values < ValuesMax;

    private bool Shows(SchemaProperty property) =>
        property.Required || (!requiredOnly && !property.Schema.IsReadOnly && !property.Schema.IsNever);

    /// <summary>What the schema itself shows; null when it shows nothing.</summary>
    private static ReadOnlyMemory<byte>? Given(SchemaView schema, int number)
    {
        if (schema.Const is { } constant)
        {
            return constant;
        }

        if (schema.EnumValues is { Count: > 0 } values)
        {
            return values[number % values.Count];
        }

        if (schema.Examples is not { } examples)
        {
            return null;
        }

        using var list = JsonDocument.Parse(examples);
        return list.RootElement.GetArrayLength() > number
            ? System.Text.Encoding.UTF8.GetBytes(list.RootElement[number].GetRawText())
            : null;
    }

    private void WriteItems(string name, SchemaView schema)
    {
        _depth++;
        json.WriteStartArray();
        var least = requiredOnly ? 0 : 1;
        for (var count = 0; count < Math.Min(schema.MinItems ?? least, ItemsMax) && HasRoom; count++)
        {
            var prefix = schema.PrefixItems;
            if ((count < prefix.Count ? prefix[count] : schema.Items) is { } items)
            {
                Write(name, items, schema.UniqueItems ? count : 0);
            }
            else
            {
                json.WriteStringValue("Hello");
            }
        }

        json.WriteEndArray();
        _depth--;
    }

    private static string Number(SchemaView schema, int number)
    {
        var step = schema.MultipleOf ?? "1";
        var least = schema.Minimum ?? Above(schema.ExclusiveMinimum) ?? step;
        return number == 0 || !decimal.TryParse(least, NumberStyles.Float, CultureInfo.InvariantCulture, out var from)
            || !decimal.TryParse(step, NumberStyles.Float, CultureInfo.InvariantCulture, out var by)
            ? least
            : (from + (by * number)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Numeral(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Above(string? bound) =>
        decimal.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (Math.Floor(value) + 1).ToString(CultureInfo.InvariantCulture)
            : null;

    private static string Text(string name, SchemaView schema) => schema.Format switch
    {
        "email" => "ada@example.com",
        "uri" or "url" => "https://example.com/",
        "date" => "2030-01-31",
        "time" => "12:00:00Z",
        "date-time" => "2030-01-31T12:00:00Z",
        "duration" => "PT30M",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "hostname" => "example.com",
        "uuid" => "0198f0a0-0000-7000-8000-000000000000",
        _ => Fit(name.Contains("name", StringComparison.OrdinalIgnoreCase) ? "Ada" : "Hello", schema),
    };

    private static string Fit(string text, SchemaView schema)
    {
        var longEnough = text.PadRight((int)Math.Min(schema.MinLength ?? 0, LengthMax), '.');
        return schema.MaxLength is { } max && max < longEnough.Length ? longEnough[..(int)max] : longEnough;
    }
}
