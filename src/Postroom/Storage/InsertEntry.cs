namespace Postroom.Storage;

/// <summary>Appends an entry; from the commit on its key stands for it.</summary>
public sealed record InsertEntry(Entry Entry) : Write;
