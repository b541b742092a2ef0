using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>Row 6: the same words whatever the first request was, so that nothing of it leaks.</summary>
internal static class KeyReuse
{
    public static Fault Fault { get; } = new(FaultCatalogue.KeyReused,
        "This `Idempotency-Key` was used before for another content. Make a new key for a new message.");
}
