using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>Row 6: the same words whatever the first request was, so that nothing of it leaks.</summary>
internal static class KeyReuse
{
    private static readonly Fault OfKey = new(FaultCatalogue.KeyReused,
        "This `Idempotency-Key` was used before for another content. Make a new key for a new message.");

    private static readonly Fault OfToken = new(FaultCatalogue.KeyReused,
        "This form was already sent, with other content. To send this as another message, send it once more.");

    /// <summary>People who use a form know nothing of keys.</summary>
    public static Fault Of(KeySource source) => source == KeySource.Token ? OfToken : OfKey;
}
