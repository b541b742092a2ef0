using System.Text.Json.Nodes;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>The header lines by which a request says which one it is.</summary>
internal static class KeyParameters
{
    public static IEnumerable<ApiParameter> Of(EndpointPlan plan, PostAction action = PostAction.Create)
    {
        var declared = plan.Declaration.Idempotency;
        var kept = Duration(declared.Keep);
        yield return new("Idempotency-Key", "header", Key(plan.Access.IsPublic),
            "A random value, made once for each message and kept for its retries: the same request with the same key "
            + $"happens once and gets the same answer. Kept for {kept}.")
        {
            IsRequired = declared.Mode == IdempotencyMode.Required && PostRefusals.NeedsKey(action),
            Example = "3f1c9b7e-5d0a-4c86-9a53-1d1f0f6b2a77",
        };
        if (declared.RefuseLate)
        {
            yield return new("Idempotency-First-Sent", "header", new JsonObject { ["type"] = "string" },
                $"When the request was first sent (HTTP date). One that is older than {kept} is refused.");
        }

        yield return new("Prefer", "header", new JsonObject { ["type"] = "string" },
            "`wait=N`: how many seconds, at most 10, to wait for the same request that is running."
            + (plan.Resource is null ? "" : " `return=minimal`: no record in the answer."))
        {
            Example = "wait=5",
        };
    }

    /// <summary>Nobody may guess the key of somebody who is not signed in.</summary>
    private static JsonObject Key(bool isPublic) => new()
    {
        ["type"] = "string",
        ["minLength"] = isPublic ? 16 : 1,
        ["maxLength"] = 255,
    };

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays:0.#} days",
        { TotalHours: >= 1 } => $"{time.TotalHours:0.#} hours",
        _ => $"{time.TotalMinutes:0.#} minutes",
    };
}
