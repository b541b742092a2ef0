using Postroom.Faults;
using Postroom.Storage.Records;

namespace Postroom.Storage;

/// <summary>What became of a unit.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Guard">For Refused: the guard that did not hold, of those in the unit.</param>
/// <param name="Match">For Duplicate, and for Refused by <see cref="KeyFree"/>: the entry that the key stands
/// for.</param>
/// <param name="Error">For Failed: what the engine said, for the log and never for the caller.</param>
public sealed record UnitOutcome(UnitVerdict Verdict, Guard? Guard = null, KeyMatch? Match = null, string? Error = null)
{
    /// <summary>For Busy: the limit of the queue that was reached; null when the store is busy otherwise.</summary>
    public LimitFault? Limit { get; init; }

    /// <summary>For Refused by a guard over records: what it found.</summary>
    public GuardFacts? Facts { get; init; }

    /// <summary>The outcome of that verdict.</summary>
    public static UnitOutcome Committed { get; } = new(UnitVerdict.Committed);

    /// <summary>The outcome of that verdict.</summary>
    public static UnitOutcome Busy { get; } = new(UnitVerdict.Busy);

    /// <summary>The outcome of that verdict.</summary>
    public static UnitOutcome Full { get; } = new(UnitVerdict.Full);

    /// <summary>The outcome of that verdict.</summary>
    public static UnitOutcome Unknown { get; } = new(UnitVerdict.Unknown);
}
