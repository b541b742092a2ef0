using System.Text.Json.Nodes;

namespace Postroom.Description;

/// <summary>The objects of OpenAPI 3.1 of which an operation consists (§4.8.10 and what follows it).</summary>
internal static class OpenApiParts
{
    public static JsonObject Answer(string description, IReadOnlyList<string> headers, JsonObject content)
    {
        var answer = new JsonObject { ["description"] = description };
        if (headers.Count > 0)
        {
            answer["headers"] = new JsonObject(headers.Select(name => KeyValuePair.Create(
                name, (JsonNode?)new JsonObject { ["$ref"] = "#/components/headers/" + name })));
        }

        if (content.Count > 0)
        {
            answer["content"] = content;
        }

        return answer;
    }

    public static JsonObject Content(IEnumerable<ApiContent> contents)
    {
        var written = new JsonObject();
        foreach (var content in contents)
        {
            var media = new JsonObject { ["schema"] = content.Schema.DeepClone() };
            if (content.Example is { } example)
            {
                media["example"] = example.DeepClone();
            }

            if (content.Encoding is { } encoding)
            {
                media["encoding"] = encoding.DeepClone();
            }

            written[content.MediaType] = media;
        }

        return written;
    }

    public static JsonObject Parameter(ApiParameter parameter)
    {
        var written = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Place,
            ["description"] = parameter.Description,
        };
        if (parameter.IsRequired)
        {
            written["required"] = true;
        }

        written["schema"] = parameter.Schema.DeepClone();
        if (parameter.Example is { } example)
        {
            written["example"] = example;
        }

        return written;
    }
}
