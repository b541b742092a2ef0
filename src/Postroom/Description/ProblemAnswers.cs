using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postroom.Answers;
using Postroom.Faults;

namespace Postroom.Description;

/// <summary>
/// The refusals of an operation, as answers by status. Most operations refuse alike, so each answer stands once among
/// the components, under a name that other endpoints do not change.
/// </summary>
internal sealed class ProblemAnswers
{
    private const string Example = "#/components/examples/";
    private const string Response = "#/components/responses/";

    private readonly SortedDictionary<string, JsonNode?> _answers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FaultKind> _examples = new(StringComparer.Ordinal);

    /// <summary>The answers that were described, by name.</summary>
    public JsonObject Answers() => new(_answers);

    /// <summary>The examples of all refusals that were described, by name.</summary>
    public JsonObject Examples() =>
        new([.. _examples.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Describe(pair.Value)))]);

    /// <summary>A schema of problem documents: what all of them hold.</summary>
    public static JsonObject Schema() => JsonNode.Parse("""
        {"description": "A refusal (RFC 9457).", "type": "object",
         "required": ["type", "title", "status", "detail", "message", "code", "retry"], "properties": {
          "type": {"type": "string", "format": "uri-reference", "description": "A page that explains the kind."},
          "title": {"type": "string", "description": "The kind in a few words."},
          "status": {"type": "integer"},
          "detail": {"type": "string", "description": "What to do next."},
          "message": {"type": "string", "description": "The same as `detail`, fit to be shown."},
          "code": {"type": "string", "description": "The stable name of the kind."},
          "errors": {"type": "array", "description": "Each fault of the document.", "items": {"type": "object",
            "required": ["pointer", "code", "message"], "properties": {
              "pointer": {"type": "string", "format": "json-pointer"},
              "code": {"type": "string"}, "message": {"type": "string"}}}},
          "limit": {"type": "object", "description": "The limit that was hit.", "required": ["name", "value"],
            "properties": {"name": {"type": "string"}, "value": {"type": "integer"}}},
          "existing": {"type": "object", "description": "The record in the way, for whoever may read it.",
            "required": ["id", "address"], "properties": {
              "id": {"type": "string", "format": "uuid"}, "address": {"type": "string", "format": "uri-reference"}}},
          "left": {"type": "integer", "description": "How much is left."},
          "retry": {"type": "object", "description": "Whether and how sending again makes sense.",
            "required": ["useful"], "properties": {
              "useful": {"type": "boolean"}, "after": {"const": "correction"},
              "key": {"enum": ["same", "new"], "description": "With which idempotency key."},
              "seconds": {"type": "integer", "description": "After which pause."}}}}}
        """)!.AsObject();

    /// <summary>By status.</summary>
    public IEnumerable<KeyValuePair<int, JsonObject>> Of(IReadOnlyList<FaultKind> kinds, JsonObject problem) =>
        from kind in kinds.DistinctBy(kind => (kind.Status, kind.Code))
        group kind by kind.Status into kindsOfStatus
        select KeyValuePair.Create(kindsOfStatus.Key, Shared([.. kindsOfStatus.OrderBy(Order)], problem));

    /// <summary>As the catalogue lists them.</summary>
    private static int Order(FaultKind kind) =>
        FaultCatalogue.All.TakeWhile(each => each.Code != kind.Code).Count();

    private JsonObject Shared(FaultKind[] kinds, JsonObject problem)
    {
        var codes = string.Join(' ', kinds.Select(kind => kind.Code));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(codes)).AsSpan(0, 4));
        var name = string.Create(CultureInfo.InvariantCulture, $"Problem{kinds[0].Status}-{digest}");
        if (!_answers.ContainsKey(name))
        {
            _answers[name] = Answer(kinds, problem);
        }

        return new JsonObject { ["$ref"] = Response + name };
    }

    private JsonObject Answer(FaultKind[] kinds, JsonObject problem)
    {
        var words = string.Join("; ", kinds.Select(kind => $"`{kind.Code}`: {kind.Title}"));
        var schema = new JsonObject { ["allOf"] = new JsonArray(problem.DeepClone(), Narrowed(kinds)) };
        return OpenApiParts.Answer(
            $"{ReasonPhrases.GetReasonPhrase(kinds[0].Status)}. {words}.",
            ApiHeaders.Of(kinds),
            new JsonObject
            {
                [ProblemAnswer.MediaType] = new JsonObject { ["schema"] = schema, ["examples"] = Examples(kinds) },
                ["application/problem+xml"] = new JsonObject { ["schema"] = schema.DeepClone() },
            });
    }

    /// <summary>The codes that an operation gives with a status, so that a typed client knows them.</summary>
    private static JsonObject Narrowed(FaultKind[] kinds) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("status", "code"),
        ["properties"] = new JsonObject
        {
            ["status"] = new JsonObject { ["const"] = kinds[0].Status },
            ["code"] = new JsonObject { ["enum"] = new JsonArray([.. kinds.Select(kind => (JsonNode?)kind.Code)]) },
        },
    };

    private JsonObject Examples(FaultKind[] kinds)
    {
        var examples = new JsonObject();
        foreach (var kind in kinds)
        {
            var name = NameOf(kind);
            _examples[name] = kind;
            examples[name] = new JsonObject { ["$ref"] = Example + name };
        }

        return examples;
    }

    /// <summary>The endpoint's own code chooses the status of its refusals.</summary>
    private static string NameOf(FaultKind kind) => kind.Code == FaultCatalogue.Rejected.Code
        ? string.Create(CultureInfo.InvariantCulture, $"{kind.Code}-{kind.Status}")
        : kind.Code;

    private static JsonObject Describe(FaultKind kind)
    {
        var fault = new Fault(kind, kind.Title + ".")
        {
            Errors = kind == FaultCatalogue.ValidationFailed
                ? [new FieldFault("/email", "format-email", "must be an e-mail address such as ada@example.com")]
                : [],
            Limit = kind == FaultCatalogue.BodyTooLarge ? new LimitFault("limits.body", 1_000_000) : null,
        };
        var output = new ArrayBufferWriter<byte>();
        ProblemAnswer.Write(output, fault);
        return new JsonObject
        {
            ["summary"] = kind.Title,
            ["description"] = kind.Explanation,
            ["value"] = JsonNode.Parse(output.WrittenSpan),
        };
    }
}
