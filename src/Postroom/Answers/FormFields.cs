using System.Globalization;
using Postroom.JsonSchema;

namespace Postroom.Answers;

/// <summary>Makes the fields of a form from its schema: what a person is asked, in the order of the schema.</summary>
internal static class FormFields
{
    // A schema may refer to itself; people are not asked deeper than this.
    private const int DepthMaximum = 4;
    private const int RadiosMaximum = 5;
    private const int LinesFrom = 200;

    /// <summary>The fields that a page asks for when nothing is declared.</summary>
    private static readonly FormField[] s_anything =
    [
        Plain("name", FormControl.Text),
        Plain("email", FormControl.Email),
        Plain("message", FormControl.Lines),
    ];

    /// <summary>The fields of an object; those of a plain contact form when the schema names none.</summary>
    public static IReadOnlyList<FormField> Of(SchemaView schema) =>
        schema.Properties.Count == 0 ? s_anything : Of(schema, new Place("", "", 0, true));

    private static List<FormField> Of(SchemaView schema, Place place) =>
    [
        .. schema.Properties
            .Where(property => !property.Schema.IsReadOnly && !property.Schema.IsNever)
            .Select(property => Of(property, place)),
    ];

    private static FormField Of(SchemaProperty property, Place place)
    {
        var schema = property.Schema;
        var field = new FormField
        {
            Name = place.Name.Length == 0 ? property.Name : $"{place.Name}[{property.Name}]",
            Pointer = FieldNames.Append(place.Pointer, property.Name),
            Label = schema.Title ?? FieldNames.Humanise(property.Name),
            Hint = schema.Description,
            Required = property.Required && place.IsNeeded,
            RequiredInGroup = property.Required && !place.IsNeeded,
            Control = FormControl.Unavailable,
        };
        if (!CanBeAsked(property.Name))
        {
            return field;
        }

        var types = schema.Types & ~SchemaTypes.Null;
        if (schema.Const is { } fixedValue)
        {
            return Fixed(field, FieldText.Of(fixedValue));
        }

        return types switch
        {
            SchemaTypes.Object when schema.Properties.Count > 0 && place.Depth < DepthMaximum => field with
            {
                Control = FormControl.Group,
                Fields = Of(schema, new Place(field.Pointer, field.Name, place.Depth + 1, field.Required)),
            },
            SchemaTypes.Object => field,
            SchemaTypes.Array when schema.Items is { IsFile: true } files => File(field, files, FormControl.Files),
            SchemaTypes.Array => List(field, schema),
            SchemaTypes.Boolean => YesOrNo(field, schema),
            _ when schema.IsFile => File(field, schema, FormControl.File),
            _ when schema.EnumValues.Count > 0 => Choice(field, schema),
            SchemaTypes.Integer or SchemaTypes.Number => Number(field, schema, types),
            _ => Text(field, schema, property.Name),
        };
    }

    // A name with brackets would be read as a path.
    private static bool CanBeAsked(string name) => name.Length > 0 && name.AsSpan().IndexOfAny('[', ']') < 0;

    private static FormField Fixed(FormField field, string? value) => value switch
    {
        // A box that must be ticked, such as consent to terms.
        "true" => field with { Control = FormControl.Checkbox },
        null => field,
        _ => field with { Control = FormControl.Hidden, Default = value },
    };

    private static FormField File(FormField field, SchemaView schema, FormControl control) =>
        field with { Control = control, Accept = schema.ContentMediaType };

    private static FormField YesOrNo(FormField field, SchemaView schema)
    {
        var standard = FieldText.Of(schema.Default);

        // An empty box sends nothing at all, so where an answer is required both are offered.
        return field.Required
            ? field with
            {
                Control = FormControl.Radios,
                Default = standard,
                Options = [new("true", "Yes"), new("false", "No")],
            }
            : field with { Control = FormControl.Checkbox, Default = standard };
    }

    private static FormField Choice(FormField field, SchemaView schema)
    {
        var options = Options(schema);
        var radios = field.Required && options.Count <= RadiosMaximum;
        return field with
        {
            Control = radios ? FormControl.Radios : FormControl.Select,
            Options = options,
            Default = FieldText.Of(schema.Default),
        };
    }

    private static FormField List(FormField field, SchemaView schema)
    {
        if (schema.Items is not { } items || schema.PrefixItems.Count > 0)
        {
            return field;
        }

        if (items.EnumValues.Count > 0)
        {
            return field with { Control = FormControl.Checkboxes, Options = Options(items) };
        }

        var most = (int)Math.Min(schema.MaxItems ?? 20, 20);
        var isText = (items.Types & SchemaTypes.String) != 0 && items.Types != SchemaTypes.Any;
        return !isText || most == 0 ? field : field with
        {
            Control = FormControl.Repeated,
            BoxesMaximum = most,
            Boxes = (int)Math.Clamp(schema.MinItems ?? 0, 3, 20),
            MaximumLength = items.MaxLength,
        };
    }

    private static FormField Number(FormField field, SchemaView schema, SchemaTypes types) => field with
    {
        Control = FormControl.Number,
        Minimum = schema.Minimum ?? Beyond(schema.ExclusiveMinimum, types, 1),
        Maximum = schema.Maximum ?? Beyond(schema.ExclusiveMaximum, types, -1),
        Step = types == SchemaTypes.Integer ? schema.MultipleOf ?? "1" : "any",
        Default = FieldText.Of(schema.Default),
    };

    // HTML has no open bounds; of whole numbers the next one is the bound, of others the server tells.
    private static string? Beyond(string? bound, SchemaTypes types, long step) =>
        types == SchemaTypes.Integer
            && long.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is > long.MinValue and < long.MaxValue
            ? (number + step).ToString(CultureInfo.InvariantCulture)
            : null;

    private static FormField Text(FormField field, SchemaView schema, string name)
    {
        var control = TextControl(schema, name);
        return field with
        {
            Control = control,
            Hint = field.Hint ?? (schema.Format == "date-time" ? "Such as 2026-11-22T10:00:00Z." : null),
            MinimumLength = schema.MinLength,
            MaximumLength = schema.MaxLength,
            Pattern = control == FormControl.Lines ? null : FormPattern.Of(schema.Pattern),
            Autocomplete = control switch
            {
                FormControl.Lines => null,
                FormControl.Password => "off",
                FormControl.Email => FieldNames.Autocomplete(name) ?? "email",
                FormControl.Telephone => FieldNames.Autocomplete(name) ?? "tel",
                _ => FieldNames.Autocomplete(name),
            },
            Default = FieldText.Of(schema.Default),
        };
    }

    private static FormControl TextControl(SchemaView schema, string name) => schema.Format switch
    {
        "email" or "idn-email" => FormControl.Email,
        "uri" or "iri" or "url" => FormControl.Url,
        "tel" or "phone" => FormControl.Telephone,
        "date" => FormControl.Date,
        "date-time-local" or "datetime-local" => FormControl.LocalDateTime,
        "password" => FormControl.Password,
        null when schema.IsWriteOnly => FormControl.Password,
        null when FieldNames.Autocomplete(name) == "tel" => FormControl.Telephone,
        null when FieldNames.IsProse(name) || (schema.MaxLength > LinesFrom && FieldNames.Autocomplete(name) is null) =>
            FormControl.Lines,
        _ => FormControl.Text,
    };

    private static List<FormOption> Options(SchemaView schema) =>
    [
        .. schema.EnumValues.Select(value => FieldText.Of(value)).OfType<string>()
            .Select(value => new FormOption(value, OptionLabel(value))),
    ];

    // A value such as "very_large" becomes words; one such as "en-GB" or "2026-11-22" stays what it is.
    private static string OptionLabel(string value) =>
        value.All(character => char.IsAsciiLetterLower(character) || character is '_' or '-')
            ? FieldNames.Humanise(value)
            : value;

    private static FormField Plain(string name, FormControl control) => new()
    {
        Name = name,
        Pointer = FieldNames.Append("", name),
        Label = FieldNames.Humanise(name),
        Control = control,
        Autocomplete = FieldNames.Autocomplete(name),
    };

    /// <summary>The object whose fields are asked for.</summary>
    /// <param name="Pointer">Its JSON Pointer.</param>
    /// <param name="Name">The name that its fields continue.</param>
    /// <param name="Depth">How many objects are around it.</param>
    /// <param name="IsNeeded">False where it, or one around it, may be left out altogether.</param>
    private readonly record struct Place(string Pointer, string Name, int Depth, bool IsNeeded);
}
