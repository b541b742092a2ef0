using System.Text.Json;
using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Server.Erasing;

/// <summary>The fields of an endpoint that say whose an entry is, and whether a document's are a person's.</summary>
internal sealed class PersonFields
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    private readonly List<string[]> _paths;

    private PersonFields(List<string[]> paths) => _paths = paths;

    /// <summary>True when nothing says whose the entries are.</summary>
    public bool IsEmpty => _paths.Count == 0;

    /// <summary>Those that are declared, else those that the schema gives the format <c>email</c>.</summary>
    public static PersonFields Of(EndpointDeclaration endpoint)
    {
        if (endpoint.Person is { } declared)
        {
            return new([.. declared.Select(Names)]);
        }

        var paths = new List<string[]>();
        if (endpoint.Schema is { } text
            && CompiledSchema.Compile(text.Span, endpoint.SchemaOptions).Schema is { } schema)
        {
            AddEmails(schema.Root, [], [], paths);
        }

        return new(paths);
    }

    /// <summary>Whether one of the fields holds the value, after trimming, without regard to ASCII case.</summary>
    public bool Match(ReadOnlyMemory<byte> document, string value)
    {
        try
        {
            using var json = JsonDocument.Parse(document, s_deep);
            return _paths.Exists(path => Match(json.RootElement, path, value));
        }
        catch (JsonException)
        {
            // A document that is not JSON has no fields; verify tells of it.
            return false;
        }
    }

    /// <summary>
    /// The form in which values are compared: no more than ASCII, so that two people never become one.
    /// </summary>
    public static string Normal(string value) =>
        string.Create(value.Trim().Length, value.Trim(), (letters, text) =>
        {
            for (var at = 0; at < letters.Length; at++)
            {
                letters[at] = char.IsAsciiLetterUpper(text[at]) ? (char)(text[at] | 0x20) : text[at];
            }
        });

    private static string[] Names(string pointer) =>
    [
        .. pointer.Split('/').Skip(1).Select(name => name
            .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
    ];

    /// <param name="schema">What is looked at.</param>
    /// <param name="path">Where its values stand; the elements of a list are looked at without being named.</param>
    /// <param name="above">Those that hold it, so that one that recurs comes to an end.</param>
    /// <param name="found">Takes the paths.</param>
    private static void AddEmails(SchemaView schema, string[] path, SchemaView[] above, List<string[]> found)
    {
        if (above.Contains(schema))
        {
            return;
        }

        if (path.Length > 0 && schema.Format == "email")
        {
            found.Add(path);
        }

        above = [.. above, schema];
        if (schema.Items is { } items)
        {
            AddEmails(items, path, above, found);
        }

        foreach (var property in schema.Properties)
        {
            AddEmails(property.Schema, [.. path, property.Name], above, found);
        }
    }

    private static bool Match(JsonElement element, ReadOnlySpan<string> path, string value)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (Match(item, path, value))
                {
                    return true;
                }
            }

            return false;
        }

        if (!path.IsEmpty)
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(path[0], out var inner)
                && Match(inner, path[1..], value);
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => Normal(element.GetString()!) == value,
            JsonValueKind.Number => element.GetRawText() == value,
            _ => false,
        };
    }
}
