using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// Judges what needs no body, cheapest first; nothing of the body is read before all of it has passed.
/// </summary>
internal sealed class ReceivingStage(CallerReader callers, RateGate rates) : IPostStage
{
    public string Name => "receiving";

    public ValueTask<Fault?> RunAsync(PostExchange exchange)
    {
        exchange.Caller = callers.Read(exchange.Http);
        return new(
            FramingRule.Judge(exchange.Http.Request)
            ?? OriginRule.Judge(exchange)
            ?? JudgeEarlyData(exchange.Http.Request.Headers)
            ?? rates.Judge(exchange)
            ?? ExpectRule.Judge(exchange.Http.Request)
            ?? ContentRule.Judge(exchange)
            ?? KeyHeader.Judge(exchange));
    }

    /// <summary>
    /// RFC 8470 §5.1–5.2: what came in TLS early data can be replayed by an attacker, so no POST is taken from it.
    /// </summary>
    private static Fault? JudgeEarlyData(IHeaderDictionary headers) =>
        headers.TryGetValue("Early-Data", out var early) && StringValues.Equals(early, "1")
            ? new Fault(FaultCatalogue.TooEarly,
                "This request came in TLS early data. Send it again; the client does so by itself.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            }
            : null;
}
