using System.Text.Json.Nodes;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>The address of a resource that takes lists of records.</summary>
internal sealed class BatchDescriber : IApiDescriber
{
    public IEnumerable<ApiOperation> Describe(EndpointPlan plan, ApiSchemas schemas)
    {
        if (plan.Batch is not { } batch)
        {
            yield break;
        }

        var list = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = schemas.Document(plan) };
        var answer = schemas.Shared("BatchAnswer", Answer);
        yield return new()
        {
            Plan = plan,
            Method = "post",
            Path = batch.Path,
            Id = "batch" + ApiNames.OfPath(plan.Path),
            Summary = ApiNames.Title(plan) + ": create many",
            Description = "All records are created, or none; with `?atomic=false` each one by itself, and a repeat "
                + "with the same key goes on where the first was broken off.",
            Parameters =
            [
                new("atomic", "query", new JsonObject { ["type"] = "boolean", ["default"] = true },
                    "Whether one item that is refused keeps all the others back."),
                .. KeyParameters.Of(plan, PostAction.Batch),
            ],
            Body = new BodyContents(batch, list, example: null).All(),
            Answers =
            [
                new(201, "All are created, and stored durably.")
                {
                    Headers = [ApiHeaders.Applied, .. ApiHeaders.OfEntry],
                    Contents = [new("application/json", answer)],
                },
                new(207, "With `?atomic=false`: what became of each.")
                {
                    Headers = ApiHeaders.OfEntry,
                    Contents = [new("application/json", answer.DeepClone())],
                },
            ],
            Refusals = [.. RecordRefusals.OfChange(batch, PostAction.Batch)],
            Access = plan.Declaration.Resource.Access.Create ?? "public",
        };
    }

    private static JsonObject Answer() => JsonNode.Parse("""
        {"description": "What became of each item, in their order.", "type": "object",
         "required": ["created", "refused", "items"], "properties": {
          "created": {"type": "integer"}, "refused": {"type": "integer"},
          "items": {"type": "array", "items": {"type": "object", "required": ["status"], "properties": {
            "status": {"type": "integer", "description": "201, or that of the refusal."},
            "id": {"type": "string", "format": "uuid"},
            "location": {"type": "string", "format": "uri-reference"},
            "problem": {"type": "object", "description": "Why it was refused (RFC 9457)."}}}}}}
        """)!.AsObject();
}
