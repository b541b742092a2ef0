using System.Text.Json.Nodes;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>What a request for records says beside its body.</summary>
internal static class RecordParameters
{
    public const string Id = "id";

    public static ApiParameter OfPath { get; } = new(
        Id, "path", new JsonObject { ["type"] = "string", ["format"] = "uuid" }, "The record.")
    {
        IsRequired = true,
        Example = ReceivedAnswer.Id,
    };

    public static ApiParameter IfMatch { get; } = Header("If-Match",
        "The `ETag` of the record as you know it: the request is refused where it has another.");

    public static ApiParameter IfNoneMatch { get; } = Header("If-None-Match",
        "The `ETag` that you have: 304 where the record still has it.");

    /// <summary>A record that must not be there yet.</summary>
    public static ApiParameter IfAbsent { get; } = Header("If-None-Match",
        "`*`: the request is refused where there is a record already.");

    public static ApiParameter LastEventId { get; } = new("Last-Event-ID", "header", Position(),
        "The id of the last event that came: the stream goes on after it. A browser sends it when it connects again.");

    public static ApiParameter After { get; } = new("after", "query", Position(),
        "The same in the address, where the header is not sent; 0 begins with the oldest change that is kept.");

    public static IEnumerable<ApiParameter> OfList(EndpointPlan plan)
    {
        yield return new("limit", "query", Limit(), "How many records a page has.");
        yield return new("cursor", "query", new JsonObject { ["type"] = "string" },
            "`next` of the page before: where this one begins.");
        yield return new("filter", "query", new JsonObject { ["type"] = "string" },
            "An expression that is true for the records that are wanted, such as `version > 1 && created < now`.");
        yield return new("sort", "query", new JsonObject { ["type"] = "string" },
            "Fields joined by commas, with `-` before one to begin with the greatest. Newest first unless told.");
        yield return new("fields", "query", new JsonObject { ["type"] = "string" },
            "The members of records that are wanted, joined by commas. All unless told.");
        yield return new("count", "query",
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("none", "exact"), ["default"] = "none" },
            "Whether all records that fit are counted, as `count`.");
        if (Expand(plan) is { } expand)
        {
            yield return expand;
        }
    }

    /// <summary>Null for a resource that refers to none.</summary>
    public static ApiParameter? Expand(EndpointPlan plan) => plan.Resource!.References is { Count: > 0 } references
        ? new("expand", "query", new JsonObject { ["type"] = "string" },
            "The references of which the records are wanted as well, joined by commas: "
            + string.Join(", ", references.Select(reference => $"`{reference.Name}`")) + ".")
        : null;

    private static JsonObject Position() => new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 };

    private static JsonObject Limit() => new()
    {
        ["type"] = "integer",
        ["minimum"] = 1,
        ["maximum"] = 1000,
        ["default"] = 30,
    };

    private static ApiParameter Header(string name, string description) =>
        new(name, "header", new JsonObject { ["type"] = "string" }, description);
}
