using System.Text.Json.Nodes;
using Postroom.Answers;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Description;

/// <summary>What a resource answers where it does not refuse.</summary>
/// <param name="plan">The resource.</param>
/// <param name="schemas">Its schemas.</param>
/// <param name="sample">A document that creates a record; null where none could be made.</param>
internal sealed class RecordAnswers(EndpointPlan plan, RecordSchemas schemas, byte[]? sample)
{
    // 2030-01-31T12:00:00Z: some time, and always the same.
    private const long At = 1_896_091_200_000;

    public ApiAnswer Created() => new(201, "It is created, and stored durably.")
    {
        Headers = [ApiHeaders.Location, ApiHeaders.EntityTag, .. OfChange],
        Contents = Record(),
    };

    public ApiAnswer Changed() => new(200, "It is changed, and stored durably.")
    {
        Headers = [ApiHeaders.EntityTag, .. OfChange],
        Contents = Record(),
    };

    /// <summary>Where <c>return=minimal</c> is preferred, or there is nothing to say.</summary>
    public static ApiAnswer Silent(string description) => new(204, description)
    {
        Headers = [ApiHeaders.EntityTag, .. OfChange],
    };

    public static ApiAnswer Deleted() => new(204, "It is no more.") { Headers = ApiHeaders.OfEntry };

    public ApiAnswer Read() => new(200, "The record.")
    {
        Headers = [ApiHeaders.EntityTag, ApiHeaders.LastModified],
        Contents = Record(),
    };

    public static ApiAnswer Known() => new(304, "It is still as you know it.") { Headers = [ApiHeaders.EntityTag] };

    public ApiAnswer Page()
    {
        var page = schemas.Page();
        var record = Example();
        return new(200, "A page of records, the newest first.")
        {
            Headers = [ApiHeaders.Link],
            Contents =
            [
                new("application/json", page)
                {
                    Example = record is null
                        ? null
                        : new JsonObject { ["items"] = new JsonArray(record), ["next"] = null },
                },
                new("application/xml", page.DeepClone()),
            ],
        };
    }

    public static ApiAnswer Changes() => new(200, "Events, one for each change, for as long as the connection stands.")
    {
        Contents = [new("text/event-stream", new JsonObject { ["type"] = "string" })],
    };

    private static IEnumerable<string> OfChange => [ApiHeaders.Applied, .. ApiHeaders.OfEntry];

    private List<ApiContent> Record() =>
    [
        new("application/json", schemas.Record()) { Example = Example() },
        new("application/xml", schemas.Record()),
    ];

    private JsonNode? Example()
    {
        if (sample is null)
        {
            return null;
        }

        _ = EntryId.TryParse(ReceivedAnswer.Id, out var id);
        var record = new Record
        {
            Id = id,
            Version = 1,
            CreatedAt = At,
            UpdatedAt = At,
            Document = plan.Resource!.Shape.FillDefaults(sample),
        };
        return JsonNode.Parse(RecordAnswer.Render(plan, record).Span);
    }
}
