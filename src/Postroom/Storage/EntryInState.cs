namespace Postroom.Storage;

/// <summary>The entry exists and stands where it is expected: what makes a release or a deletion happen once.</summary>
/// <param name="Id">The entry.</param>
/// <param name="State">Where it must stand.</param>
/// <param name="Reason">Why it must stand there; null for any reason or none.</param>
public sealed record EntryInState(EntryId Id, EntryState State, string? Reason = null) : Guard
{
    /// <summary>True when an entry that stands so keeps the guard.</summary>
    internal bool Holds(EntryState state, string? reason) => state == State && (Reason is null || Reason == reason);
}
