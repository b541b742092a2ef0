namespace Postroom.Storage;

/// <summary>
/// Moves an entry, with the reason that the inbox shows; a reason of null clears it. One that is not stored any more
/// holds no value (<see cref="ClaimValue"/>).
/// </summary>
public sealed record SetEntryState(EntryId Id, EntryState State, string? Reason) : Write;
