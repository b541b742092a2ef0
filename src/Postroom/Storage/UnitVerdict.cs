namespace Postroom.Storage;

/// <summary>How a unit ended.</summary>
public enum UnitVerdict
{
    /// <summary>On stable storage.</summary>
    Committed,

    /// <summary>
    /// The key stands for the same request already; <see cref="UnitOutcome.Match"/> holds the answer to give again.
    /// </summary>
    Duplicate,

    /// <summary>A guard did not hold; nothing was written.</summary>
    Refused,

    /// <summary>The queue is full or the store is closing; nothing was written and a retry makes sense.</summary>
    Busy,

    /// <summary>No space on the disk; nothing was written.</summary>
    Full,

    /// <summary>The disk failed in the commit: nobody knows before a restart whether it happened.</summary>
    Unknown,

    /// <summary>
    /// A statement of the user's failed (a constraint of his table, a fault in the SQL); nothing was written.
    /// </summary>
    Failed,
}
