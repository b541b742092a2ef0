using System.Globalization;
using System.Text;
using Postroom.JsonSchema;

namespace Postroom.Description;

/// <summary>A field of a document, in words.</summary>
/// <param name="Name">Its name; those within others have theirs before it.</param>
/// <param name="IsRequired">It must be there.</param>
/// <param name="Rules">What it may hold.</param>
/// <param name="Description">What it is for; empty for nothing.</param>
internal sealed record FieldRow(string Name, bool IsRequired, string Rules, string Description)
{
    private const int DepthMax = 3;
    private const int RowsMax = 200;
    private const int ValuesMax = 12;

    /// <summary>The fields that a schema names, those within others after them; none beyond a bound.</summary>
    public static IReadOnlyList<FieldRow> Of(SchemaView schema)
    {
        var rows = new List<FieldRow>();
        Add(rows, schema, "", 0);
        return rows;
    }

    private static void Add(List<FieldRow> rows, SchemaView schema, string before, int depth)
    {
        var view = schema.Properties.Count == 0 && schema.Items is { } items ? items : schema;
        foreach (var property in view.Properties)
        {
            if (rows.Count == RowsMax || depth == DepthMax)
            {
                return;
            }

            var name = before + property.Name;
            rows.Add(new(name, property.Required, RulesOf(property.Schema), property.Schema.Description ?? ""));
            Add(rows, property.Schema, name + (property.Schema.Items is null ? "." : "[]."), depth + 1);
        }
    }

    private static string RulesOf(SchemaView schema)
    {
        var words = new List<string>();
        if (schema.IsFile)
        {
            words.Add("file");
        }
        else if (schema.Types != SchemaTypes.Any)
        {
            words.Add(schema.Types.ToString().ToLowerInvariant().Replace(", ", " or ", StringComparison.Ordinal));
        }

        Add(words, schema.Format is "binary" ? null : schema.Format, "");
        Add(words, schema.MinLength, "at least ", " characters");
        Add(words, schema.MaxLength, "at most ", " characters");
        Add(words, schema.Minimum, "from ");
        Add(words, schema.ExclusiveMinimum, "above ");
        Add(words, schema.Maximum, "to ");
        Add(words, schema.ExclusiveMaximum, "below ");
        Add(words, schema.MinItems, "at least ", " items");
        Add(words, schema.MaxItems, "at most ", " items");
        Add(words, schema.Pattern, "like ");
        if (schema.EnumValues is { Count: > 0 } values)
        {
            var shown = values.Take(ValuesMax).Select(value => Encoding.UTF8.GetString(value.Span));
            words.Add("one of " + string.Join(", ", shown) + (values.Count > ValuesMax ? ", …" : ""));
        }

        if (schema.IsReadOnly)
        {
            words.Add("kept by the server");
        }

        return string.Join(", ", words);
    }

    private static void Add(List<string> words, string? value, string before)
    {
        if (value is not null)
        {
            words.Add(before + value);
        }
    }

    private static void Add(List<string> words, long? value, string before, string after)
    {
        if (value is { } number)
        {
            words.Add(string.Create(
                CultureInfo.InvariantCulture, $"{before}{number}{(number == 1 ? after[..^1] : after)}"));
        }
    }
}
