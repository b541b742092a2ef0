namespace Postroom.Storage;

/// <summary>
/// Removes an entry, its answer, its kept body, its jobs and what is known of its files, whose bytes the caller removes
/// afterwards. Its key stays taken until it expires when <paramref name="KeepKey"/> is set, so that a late retry does
/// not bring a deleted message back.
/// </summary>
public sealed record DeleteEntry(EntryId Id, bool KeepKey) : Write;
