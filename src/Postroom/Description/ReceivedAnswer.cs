using System.Buffers;
using System.Text.Json.Nodes;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Description;

/// <summary>What an endpoint says when it has taken a document.</summary>
internal static class ReceivedAnswer
{
    // What a reader takes for an id; nothing has it.
    public const string Id = "0198f0a0-0000-7000-8000-000000000000";

    public static ApiAnswer Of(EndpointPlan plan, ApiSchemas schemas, byte[]? document)
    {
        var service = plan.Declaration.Compatible;
        var schema = schemas.Shared(
            service is null ? "Received" : "ReceivedFor" + service, () => Schema(service));
        _ = EntryId.TryParse(Id, out var id);
        var answer = SuccessAnswer.Render(plan, document ?? "{}"u8.ToArray(), id, null, service, "/thanks");
        var example = JsonNode.Parse(answer.Body.Span);
        return new(answer.Status, "It was received, and is stored durably.")
        {
            Headers = ApiHeaders.OfEntry,
            Contents =
            [
                new("application/json", schema) { Example = example },
                new("application/xml", schema.DeepClone()),
            ],
        };
    }

    private static JsonObject Schema(FormService? service)
    {
        var properties = new JsonObject
        {
            ["message"] = Text("What a page can show."),
            ["id"] = new JsonObject
            {
                ["type"] = "string",
                ["format"] = "uuid",
                ["description"] = "The entry: the same as in `Postroom-Entry`.",
            },
        };
        switch (service)
        {
            case FormService.Formspree:
                properties["ok"] = new JsonObject { ["const"] = true };
                properties["next"] = Text("Where a page goes on.");
                break;
            case FormService.Web3Forms:
                properties["success"] = new JsonObject { ["const"] = true };
                break;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. properties.Select(property => (JsonNode?)property.Key)]),
            ["properties"] = properties,
        };
    }

    private static JsonObject Text(string description) =>
        new() { ["type"] = "string", ["description"] = description };
}
