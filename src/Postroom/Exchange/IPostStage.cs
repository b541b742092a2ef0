using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>
/// A stage on the way of a POST. It returns null to let the POST go on, or the fault that ends its way; a stage that
/// has found the answer already puts it into the exchange.
/// </summary>
internal interface IPostStage
{
    string Name { get; }

    ValueTask<Fault?> RunAsync(PostExchange exchange);
}
