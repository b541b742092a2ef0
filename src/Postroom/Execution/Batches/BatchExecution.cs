using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;

namespace Postroom.Execution.Batches;

/// <summary>Carries out a batch: all of it in one commit, or item by item in several.</summary>
internal sealed class BatchExecution(AtomicBatch atomic, ItemImport import)
{
    public ValueTask<Fault?> RunAsync(PostExchange exchange) =>
        exchange.Action == PostAction.Batch ? atomic.RunAsync(exchange) : import.RunAsync(exchange);
}
