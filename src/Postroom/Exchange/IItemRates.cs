using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>Counts the items of a batch against the rate of whoever sends it, as if each had come alone.</summary>
internal interface IItemRates
{
    /// <summary>Null when they are within the rate; then they count.</summary>
    /// <param name="exchange">The batch, which counts as one already.</param>
    /// <param name="more">How many items it has beyond the first.</param>
    Fault? Charge(PostExchange exchange, int more);
}
