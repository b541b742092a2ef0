using Postroom.Faults;

namespace Postroom.Exchange;

/// <summary>The answer to a repeat whose first was received and deleted since: only the key is left of it.</summary>
internal static class RemovedEntry
{
    public static Fault Fault { get; } = new(FaultCatalogue.EntryRemoved,
        "This message was received before and has been deleted since. To send it as a new one, use a new key.");
}
