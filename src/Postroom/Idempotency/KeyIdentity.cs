using System.Globalization;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// What a request is known by, strongest first: the client's own key (header, then field), the one-time token of a
/// page of ours, and for a browser that brings neither the content itself for a few seconds.
/// </summary>
internal sealed class KeyIdentity(IPostStore store)
{
    private readonly SignedId _tokens = new(store.Secret.Span, "form token");

    public Fault? Find(PostExchange exchange)
    {
        var hasToken = TryReadToken(exchange, out var token);
        if (ReadKeyField(exchange) is { } fault)
        {
            return fault;
        }

        var keep = (long)exchange.Plan.Declaration.Idempotency.Keep.TotalMilliseconds;
        if (exchange.ClientKey is { } key)
        {
            exchange.KeySource = KeySource.Client;
            exchange.Key = exchange.Action == PostAction.Create
                ? KeyScope.Hash(exchange, key, "key"u8)
                : KeyScope.Hash(exchange, $"{exchange.Action} {exchange.Target} {key}", "record key"u8);
            exchange.KeyExpiresAt = exchange.ReceivedAt + keep;
            Fingerprint(exchange);
            return LateRule.Judge(exchange, key);
        }

        // A token does not age: a page that was open for days is sent for the first time, and still only once.
        if (hasToken)
        {
            exchange.KeySource = KeySource.Token;
            exchange.Key = KeyScope.Hash(exchange, token.ToString(), "token"u8);
            exchange.KeyExpiresAt = exchange.ReceivedAt + keep;
            Fingerprint(exchange);
            return null;
        }

        ReadContent(exchange);
        return null;
    }

    /// <summary>
    /// Row 27: the key may come as a field; the header wins, and the field is no part of the document.
    /// </summary>
    private static Fault? ReadKeyField(PostExchange exchange)
    {
        if (exchange.ClientKey is not null || !exchange.Control.TryGetValue("_key", out var text) || text.Length == 0)
        {
            return null;
        }

        if (text[0] is '{' or '[')
        {
            return new Fault(
                FaultCatalogue.KeyInvalid, "The field `_key` is no text. Send a random value, such as a UUID.");
        }

        var fault = IdempotencyKey.Read(text, exchange.Caller.IsAnonymous, out var key);
        exchange.ClientKey = key;
        return fault;
    }

    private bool TryReadToken(PostExchange exchange, out EntryId token)
    {
        token = default;
        if (!exchange.Control.TryGetValue("_token", out var text)
            || !_tokens.TryRead(text, exchange.Plan.Path, out token))
        {
            return false;
        }

        exchange.PageMadeAt = token.Milliseconds;
        return true;
    }

    private static void ReadContent(PostExchange exchange)
    {
        if (exchange.Plan.SameContent <= TimeSpan.Zero || exchange.Action != PostAction.Create
            || !exchange.Caller.IsBrowser)
        {
            return;
        }

        Fingerprint(exchange);
        var headers = exchange.Http.Request.Headers;
        var client = string.Create(CultureInfo.InvariantCulture,
            $"{exchange.Caller.RateKey}\n{headers.UserAgent}\n{headers.AcceptLanguage}\n{exchange.Fingerprint}");
        exchange.KeySource = KeySource.Content;
        exchange.Key = KeyScope.Hash(exchange, client, "content"u8);
        exchange.KeyExpiresAt = exchange.ReceivedAt + (long)exchange.Plan.SameContent.TotalMilliseconds;
    }

    private static void Fingerprint(PostExchange exchange)
    {
        // A form's values have no types that count; a record's have. A DELETE says nothing beyond its address.
        var document = CanonicalDigest.Compute(
            exchange.Plan.PathUtf8,
            exchange.Document.IsEmpty ? "null"u8 : exchange.Document.Span,
            exchange.Plan.Resource is null ? CanonicalReading.FormText : CanonicalReading.Exact);
        exchange.Fingerprint = exchange.Files.Count == 0 ? document : FileDigest.Add(document, exchange.Files);
    }
}
