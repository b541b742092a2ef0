using System.Text;
using System.Text.Json.Nodes;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Responding;

namespace Postroom.Description;

/// <summary>A form: what is posted to it, and its page.</summary>
internal sealed class FormDescriber : IApiDescriber
{
    private const string Html = "text/html";

    public IEnumerable<ApiOperation> Describe(EndpointPlan plan, ApiSchemas schemas)
    {
        if (plan.Declaration.Kind != EndpointKind.Form)
        {
            yield break;
        }

        yield return Post(plan, schemas);
        if (FormPages.CanShow(plan))
        {
            yield return Page(plan);
        }
    }

    private static ApiOperation Post(EndpointPlan plan, ApiSchemas schemas)
    {
        var sample = SampleDocument.Of(plan.Schema);
        var example = sample is null ? null : JsonNode.Parse(sample);
        return new()
        {
            Plan = plan,
            Method = "post",
            Path = plan.Path,
            Id = "post" + ApiNames.OfPath(plan.Path),
            Summary = ApiNames.Title(plan),
            Description = Description(plan),
            Parameters = [.. KeyParameters.Of(plan)],
            Body = new BodyContents(plan, schemas.Document(plan), example).All(),
            Answers =
            [
                ReceivedAnswer.Of(plan, schemas, sample),
                new(303, "The same for whoever asks for `text/html`: a browser goes on to the next page.")
                {
                    Headers = [ApiHeaders.Location, .. ApiHeaders.OfEntry],
                },
            ],
            Refusals = [.. PostRefusals.Of(plan, plan.Access)],
            Access = plan.Declaration.Access,
        };
    }

    private static ApiOperation Page(EndpointPlan plan) => new()
    {
        Plan = plan,
        Method = "get",
        Path = plan.Path,
        Id = "get" + ApiNames.OfPath(plan.Path),
        Summary = ApiNames.Title(plan) + ": the form",
        Description = "A page with the form, for whoever asks for `text/html`.",
        Answers =
        [
            new(200, "The page, with a token that keeps a form that is sent twice from counting twice.")
            {
                Contents = [new(Html, new JsonObject { ["type"] = "string" })],
            },
        ],
        Refusals =
        [
            FaultCatalogue.MethodNotAllowed, .. PostRefusals.OfEveryMethod(plan), .. PostRefusals.Opening(plan),
        ],
        Access = "public",
    };

    private static string Description(EndpointPlan plan)
    {
        var text = new StringBuilder();
        if (plan.Schema.Root.Description is { } description)
        {
            text.Append(description).Append("\n\n");
        }

        text.Append("In formats that have texts only, the schema says what is a number or a list, and an empty field "
            + "is absent; the same holds for texts in JSON.");
        if (plan.Declaration.Spam.ProofOfWork is not null)
        {
            text.Append($"\n\nA proof of work comes with it in the field `{ProofOfWorkDeclaration.Field}`: the answer "
                + "to a challenge of this endpoint. A message without it is kept apart.");
        }

        return text.ToString();
    }
}
