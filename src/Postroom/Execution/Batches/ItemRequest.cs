using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Execution.Records;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>An item as the request that it would be alone.</summary>
internal static class ItemRequest
{
    public static ChangeRequest Of(PostExchange exchange, BatchItem item, EntryId id) => new()
    {
        Plan = exchange.Plan.BatchOf!,
        Action = PostAction.Create,
        Id = id,
        Caller = exchange.Caller,
        At = exchange.ReceivedAt,
        Document = item.Document,
    };
}
