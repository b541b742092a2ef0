using System.Globalization;
using System.Text;
using System.Text.Json;
using Postroom.Declarations.Loading;
using Postroom.JsonSchema;

namespace Postroom.Declarations;

/// <summary>
/// Writes the page of the documentation that lists every key, from the schema that also checks the files.
/// </summary>
internal static class DeclarationReference
{
    private const string Introduction = """
        <!-- Written from src/Postroom/Declarations/postroom.schema.json; a test compares. -->
        # postroom.yaml

        Everything that a Postroom server or application declares stands in one file. The shortest useful one:

        ```yaml
        endpoints:
          /api/contact: {kind: form}
        ```

        A file that shows every key is [tour/postroom.yaml](tour/postroom.yaml). The JSON Schema behind this page is
        [postroom.schema.json](../src/Postroom/Declarations/postroom.schema.json); give it to your editor, and it
        completes keys and shows these texts:

        ```yaml
        # yaml-language-server: $schema=postroom.schema.json
        endpoints:
          /api/contact: {kind: form}
        ```

        **Faults.** All faults are shown together as `file:line:column: message`, and nothing starts with any. An
        unknown key is a fault, and so is a key that this version does not carry out. A changed file is checked and
        swapped in while the server runs; a faulty one is refused, and the old one stays.

        **YAML.** The file is read as a friendlier JSON: `true`, `false`, `null` and numbers as in YAML 1.2,
        everything else is text; text in quotes is always text. Anchors and aliases work; merge keys (`<<`), tags
        and more than one document do not. A key may not stand twice. The file is UTF-8, at most 1 MB.

        **Variables.** `${NAME}` in a value stands for an environment variable, and its absence is a fault;
        `${NAME:-default}` gives a default for one that is missing or empty; `$${` stands for `${`. Without quotes
        the outcome may be a number; in quotes it is text. Inside braces such as `{body: "${LIMIT}"}` the quotes are
        needed.

        **Sizes** are `500B`, `64KB` (64,000 bytes), `64KiB` (65,536 bytes), `MB`, `MiB`, `GB`, `GiB`, `TB`, `TiB`,
        or a number of bytes. **Durations** are a whole number and `s`, `m`, `h`, `d` or `w`. **Rates** are a whole
        number and `/s`, `/min` or `/h`. Paths are relative to the file.

        **Schemas of several files.** A `$ref` in a `schema` starts from the file that it stands in, an inline one
        from this file, and may lead to `.json` and `.yaml` files in the folder of this file and the folders below:
        `$ref: address.json`, `$ref: parts/person.yaml#/$defs/name`. Other folders (`..`, absolute paths, links that
        lead out) and addresses are faults: nothing is read from a network, and below an `$id` that is an address a
        reference is one too. A schema has at most 100 files, each of at most 1 MB and 4 MB together. Their faults
        show at their own places, and a change in any of them counts like one in this file.

        """;

    /// <summary>The page, as Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        var written = new HashSet<string>();
        Section(page, written, "The whole file", DeclarationSchema.Root);
        Later(page);
        return page.ToString();
    }

    private static void Section(StringBuilder page, HashSet<string> written, string title, SchemaView view)
    {
        var available = view.Properties.Where(each => !UnavailableKeys.IsMarked(each.Schema)).ToList();
        var table = string.Concat(available.Select(Row));
        if (available.Count > 0 && written.Add(table))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{view.Description}\n\n");
            page.Append("| Key | Type | Default | Meaning |\n|---|---|---|---|\n").Append(table);
        }

        foreach (var property in available)
        {
            Section(page, written, Below(title, property.Name), property.Schema);
        }

        if (view.AdditionalProperties is { Properties.Count: > 0 } each)
        {
            Section(page, written, Below(title, "<path>"), each);
        }
    }

    private static string Below(string title, string name) =>
        title.StartsWith('`') ? $"{title[..^1]}.{name}`" : $"`{name}`";

    private static string Row(SchemaProperty property)
    {
        var fallback = property.Required ? "required" : property.Schema.Default is { } json ? Code(json) : "";
        return $"| `{property.Name}` | {Types(property.Schema)} | {fallback} | {property.Schema.Description} |\n";
    }

    private static string Types(SchemaView view)
    {
        if (view.EnumValues.Count > 0)
        {
            return string.Join(", ", UnavailableKeys.AvailableValues(view).Select(value => $"`{value}`"));
        }

        (SchemaTypes Type, string Words)[] names =
        [
            (SchemaTypes.String, "text"), (SchemaTypes.Integer, "number"), (SchemaTypes.Boolean, "`true`, `false`"),
            (SchemaTypes.Array, "list"), (SchemaTypes.Object, "object"),
        ];
        var types = string.Join(", ", names.Where(each => (view.Types & each.Type) != 0).Select(each => each.Words));
        return view is { Minimum: { } minimum, Maximum: { } maximum } ? $"{types}, {minimum} to {maximum}" : types;
    }

    private static string Code(ReadOnlyMemory<byte> json)
    {
        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind switch
        {
            JsonValueKind.Array when value.RootElement.GetArrayLength() == 0 => "none",
            JsonValueKind.Array => string.Join(", ", value.RootElement.EnumerateArray().Select(item => $"`{item}`")),
            JsonValueKind.Object => "none",
            JsonValueKind.True or JsonValueKind.False => $"`{value.RootElement.GetRawText()}`",
            JsonValueKind.String when value.RootElement.GetString() is { } text && text.Contains(' ') => $"“{text}”",
            _ => $"`{value.RootElement}`",
        };
    }

    private static void Later(StringBuilder page)
    {
        page.Append("\n## Known, but not carried out by this version\n\n");
        page.Append("Each of these, and the access rules `owner` and `ask:…`, is a fault ");
        page.Append("that names it: nothing is accepted and ignored.\n\n");
        page.Append("| Key or value | Meaning |\n|---|---|\n");
        Later(page, DeclarationSchema.Root, "");
    }

    private static void Later(StringBuilder page, SchemaView view, string prefix)
    {
        if (UnavailableKeys.ValuesOf(view) is { Count: > 0 } values)
        {
            var listed = string.Join(", ", values.Select(value => $"`{value}`"));
            page.Append(CultureInfo.InvariantCulture, $"| `{prefix.TrimEnd('.')}` | The values {listed}. |\n");
        }

        foreach (var (name, schema, _) in view.Properties)
        {
            if (UnavailableKeys.IsMarked(schema))
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{prefix}{name}` | {schema.Description} |\n");
            }
            else
            {
                Later(page, schema, $"{prefix}{name}.");
            }
        }

        if (view.AdditionalProperties is { Properties.Count: > 0 } each)
        {
            Later(page, each, $"{prefix}<path>.");
        }
    }
}
