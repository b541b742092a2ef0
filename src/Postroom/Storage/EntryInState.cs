namespace Postroom.Storage;

/// <summary>The entry exists and stands where it is expected: what makes a release or a deletion happen once.</summary>
public sealed record EntryInState(EntryId Id, EntryState State) : Guard;
