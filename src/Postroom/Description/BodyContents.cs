using System.Text.Json.Nodes;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>The body that an endpoint takes, in each of its media types.</summary>
/// <param name="plan">The endpoint.</param>
/// <param name="document">A reference to its schema.</param>
/// <param name="example">A document that fits; null where none could be made.</param>
internal sealed class BodyContents(EndpointPlan plan, JsonObject document, JsonNode? example)
{
    private readonly SchemaProperty[] _fields = [.. plan.Schema.Root.Properties];

    public IReadOnlyList<ApiContent> All()
    {
        // What must hold a file comes in the one format that has files.
        var needsFile = plan.Files is not null && _fields.Any(field => field.Required && field.Schema.IsFile);
        var formats = plan.Formats.All
            .Where(format => !needsFile || format.Name == BodyFormatNames.Multipart);
        return
        [
            .. from format in formats
               from type in format.MediaTypes
               where type[0] != '+'
               select Content(format.Name, type),
        ];
    }

    private ApiContent Content(string format, string type) => format switch
    {
        BodyFormatNames.Json => new(type, document.DeepClone()) { Example = Example() },
        BodyFormatNames.Xml => new(type, document.DeepClone()),
        BodyFormatNames.Form => new(type, document.DeepClone()) { Example = Example(), Encoding = Encoding(false) },
        BodyFormatNames.Multipart => new(type, Multipart()) { Example = Example(), Encoding = Encoding(true) },
        _ => new(type, new JsonObject { ["type"] = "string", ["description"] = Lines(format) }),
    };

    private JsonNode? Example() => example?.DeepClone();

    /// <summary>Without a schema, each field may be a text or a file.</summary>
    private JsonNode Multipart() => plan.Files is { AnyField: true }
        ? new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject
            {
                ["description"] = "A text or a file.",
                ["type"] = "string",
            },
        }
        : document.DeepClone();

    /// <summary>OpenAPI 3.1 §4.8.15: how fields with files or with fields of their own are written.</summary>
    private JsonObject? Encoding(bool isMultipart)
    {
        var encoding = new JsonObject();
        foreach (var field in _fields)
        {
            var view = field.Schema.Items ?? field.Schema;
            if (isMultipart && view.IsFile)
            {
                encoding[field.Name] = new JsonObject { ["contentType"] = FileTypes(view) };
            }
            else if (!isMultipart && field.Schema.Types == SchemaTypes.Object)
            {
                // a[b]=c, as forms name what is nested.
                encoding[field.Name] = new JsonObject { ["style"] = "deepObject", ["explode"] = true };
            }
        }

        return encoding.Count == 0 ? null : encoding;
    }

    private string FileTypes(SchemaView file)
    {
        var declared = plan.Files!.Types.Where(type => type.Contains('/')).ToList();
        return file.ContentMediaType
            ?? (declared.Count == 0 ? "application/octet-stream" : string.Join(", ", declared));
    }

    private static string Lines(string format) => format switch
    {
        BodyFormatNames.Csv => "A header row with the names of the fields, then a row for each document.",
        BodyFormatNames.Ndjson => "A JSON document in each line.",
        BodyFormatNames.Text => "The text.",
        _ => "In the format that the media type names.",
    };
}
