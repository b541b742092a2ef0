using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>Operations as an OpenAPI 3.1 document. The same declaration always gives the same bytes.</summary>
/// <param name="declaration">What is said of the whole server.</param>
/// <param name="schemas">The schemas to which the operations refer.</param>
internal sealed class OpenApiDocument(PostroomDeclaration declaration, ApiSchemas schemas)
{
    private const string Bearer = "bearer";

    // Sent as application/json with nosniff, never inside HTML: letters of all languages stay readable.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    private readonly ProblemAnswers _problems = new();

    public byte[] Write(IReadOnlyList<ApiOperation> operations)
    {
        var paths = Paths(operations);
        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info(),
            ["jsonSchemaDialect"] = "https://json-schema.org/draft/2020-12/schema",
            ["servers"] = new JsonArray(new JsonObject { ["url"] = Address() }),
            ["tags"] = Tags(operations),
            ["paths"] = paths,
            ["components"] = Components(operations),
        };
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            document.WriteTo(json);
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private JsonObject Info()
    {
        var declared = declaration.OpenApi;
        var words = declared.Description is null ? "" : declared.Description + "\n\n";
        return new JsonObject
        {
            ["title"] = ApiNames.Title(declaration),
            ["version"] = declared.Version,
            ["description"] = words
                + "What is answered with 2xx or 303 is stored durably, and happens once for each `Idempotency-Key`. "
                + "Every refusal is a problem document (RFC 9457) with a stable `code`. Answers are JSON, XML or, for "
                + "whoever asks for `text/html`, pages, as `Accept` says.",
        };
    }

    private string Address() => declaration.Url?.GetLeftPart(UriPartial.Authority) ?? "/";

    private static JsonArray Tags(IReadOnlyList<ApiOperation> operations)
    {
        var tags = new JsonArray();
        foreach (var plan in operations.Select(operation => operation.Plan).Distinct())
        {
            tags.Add((JsonNode)new JsonObject { ["name"] = plan.Path, ["description"] = ApiNames.Title(plan) });
        }

        return tags;
    }

    private JsonObject Paths(IReadOnlyList<ApiOperation> operations)
    {
        var paths = new JsonObject();
        foreach (var operation in operations)
        {
            var path = new PathString(operation.Path).ToUriComponent()
                .Replace("%7B", "{", StringComparison.Ordinal).Replace("%7D", "}", StringComparison.Ordinal);
            paths.TryAdd(path, new JsonObject());
            paths[path]![operation.Method] = Operation(operation);
        }

        return paths;
    }

    private JsonObject Operation(ApiOperation operation)
    {
        var written = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Plan.Path),
            ["summary"] = operation.Summary,
        };
        if (operation.Description.Length > 0)
        {
            written["description"] = operation.Description;
        }

        if (operation.Parameters.Count > 0)
        {
            written["parameters"] = new JsonArray([.. operation.Parameters.Select(OpenApiParts.Parameter)]);
        }

        if (operation.Body.Count > 0)
        {
            written["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = OpenApiParts.Content(operation.Body),
            };
        }

        written["responses"] = Answers(operation);
        written["security"] = Security(operation.Access);
        return written;
    }

    private JsonObject Answers(ApiOperation operation)
    {
        var problem = schemas.Shared("Problem", ProblemAnswers.Schema);
        var answers = operation.Answers.ToDictionary(
            answer => answer.Status,
            answer => OpenApiParts.Answer(answer.Description, answer.Headers, OpenApiParts.Content(answer.Contents)));
        foreach (var (status, answer) in _problems.Of(operation.Refusals, problem))
        {
            answers.Add(status, answer);
        }

        return new(answers.OrderBy(answer => answer.Key).Select(answer => KeyValuePair.Create(
            answer.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)answer.Value)));
    }

    /// <summary>OpenAPI 3.1 §4.8.30: beside a scheme that has no scopes of its own stand the roles.</summary>
    private static JsonArray Security(string access)
    {
        if (access == "public")
        {
            return [];
        }

        var needed = access is "authenticated" or "owner" ? new JsonArray() : new JsonArray(access);
        return new JsonArray(new JsonObject { [Bearer] = needed });
    }

    private JsonObject Components(IReadOnlyList<ApiOperation> operations)
    {
        var components = new JsonObject
        {
            ["schemas"] = schemas.All,
            ["responses"] = _problems.Answers(),
            ["examples"] = _problems.Examples(),
            ["headers"] = ApiHeaders.Describe(operations),
        };
        if (operations.Any(operation => operation.Access != "public"))
        {
            components["securitySchemes"] = new JsonObject
            {
                [Bearer] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = Bearer,
                    ["description"] = "Signed in, in whatever way the application has.",
                },
            };
        }

        return components;
    }
}
