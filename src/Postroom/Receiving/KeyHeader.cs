using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// The grammar of <c>Idempotency-Key</c>: a Structured Field string (draft-ietf-httpapi-idempotency-key-header-07
/// §2.1) or the bare token that most clients send; the same characters quoted or not are one key.
/// </summary>
internal static class KeyHeader
{
    public static Fault? Judge(PostExchange exchange)
    {
        var header = exchange.Http.Request.Headers["Idempotency-Key"];
        if (header.Count == 0)
        {
            return null;
        }

        if (header.Count > 1 || header[0] is not { } text)
        {
            return new Fault(FaultCatalogue.KeyInvalid, "There is more than one `Idempotency-Key`. Send one.");
        }

        var fault = IdempotencyKey.Read(text, exchange.Caller.IsAnonymous, out var key);
        exchange.ClientKey = key;
        return fault;
    }
}
