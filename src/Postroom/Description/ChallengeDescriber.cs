using System.Text.Json.Nodes;
using Postroom.Endpoints;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>What a browser has to compute before it sends a form with a proof of work.</summary>
internal sealed class ChallengeDescriber : IApiDescriber
{
    public IEnumerable<ApiOperation> Describe(EndpointPlan plan, ApiSchemas schemas)
    {
        if (plan.Declaration.Spam.ProofOfWork is null)
        {
            yield break;
        }

        var challenge = schemas.Shared("Challenge", Schema);
        IEnumerable<FaultKind> rate = plan.Declaration.Limits.Rate is null ? [] : [FaultCatalogue.RateExceeded];
        yield return new()
        {
            Plan = plan,
            Method = "get",
            Path = ChallengeEndpoint.Route + plan.Path,
            Id = "get" + ApiNames.OfPath(plan.Path) + "Challenge",
            Summary = ApiNames.Title(plan) + ": a challenge",
            Description = "What has to be computed before the form is sent (ALTCHA v1).",
            Answers = [new(200, "A fresh challenge.") { Contents = [new("application/json", challenge)] }],
            Refusals = [.. PostRefusals.OfEveryMethod(plan), .. rate],
            Access = "public",
        };
    }

    private static JsonObject Schema()
    {
        var properties = new JsonObject
        {
            ["algorithm"] = new JsonObject { ["const"] = ProofChallenge.Algorithm },
            ["challenge"] = Text("The hash, in hexadecimal digits."),
            ["maxnumber"] = new JsonObject
            {
                ["type"] = "integer",
                ["description"] = "The number that is looked for is not larger.",
            },
            ["salt"] = Text("What stands before the number."),
            ["signature"] = Text("Comes back with the number."),
        };
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
