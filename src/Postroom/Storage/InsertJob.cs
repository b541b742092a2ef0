namespace Postroom.Storage;

/// <summary>Appends work that follows from an entry. The store numbers it.</summary>
/// <param name="Entry">The entry it follows from.</param>
/// <param name="Name">What is to be done: the name under which a worker is registered, such as
/// <c>afterwards:/api/contact</c>.</param>
/// <param name="RunAt">Not before this, in Unix milliseconds.</param>
public sealed record InsertJob(EntryId Entry, string Name, long RunAt) : Write;
