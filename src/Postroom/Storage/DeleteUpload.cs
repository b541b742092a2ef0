namespace Postroom.Storage;

/// <summary>
/// Forgets an upload. Its bytes are not touched. The deletion of an entry forgets those of its files.
/// </summary>
public sealed record DeleteUpload(EntryId Id) : Write;
