namespace Postroom.Storage;

/// <summary>Moves an entry, with the reason that the inbox shows; a reason of null clears it.</summary>
public sealed record SetEntryState(EntryId Id, EntryState State, string? Reason) : Write;
