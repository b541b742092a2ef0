namespace Postroom.Storage;

/// <summary>Where an entry stands. The numbers are stored: never change one.</summary>
public enum EntryState
{
    /// <summary>Accepted; what follows from it runs.</summary>
    Stored = 0,

    /// <summary>Kept aside with a reason (spam, a suppressed repeat) until somebody releases or deletes it.</summary>
    Held = 1,

    /// <summary>A final refusal whose answer is kept for the key: the handler said no and meant it.</summary>
    Refused = 2,

    /// <summary>
    /// Work that stays running, owned by a node under a lease. Reserved for handlers with journaled steps.
    /// </summary>
    Running = 3,

    /// <summary>
    /// Removed; only its key is left until it ends. Never listed, counted or found: met in a key's match alone.
    /// </summary>
    Deleted = 4,
}
