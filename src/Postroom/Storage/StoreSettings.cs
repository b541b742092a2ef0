namespace Postroom.Storage;

/// <summary>What the declaration says to a store that is opened.</summary>
/// <param name="Folder">The data folder, absolute; created when it does not exist.</param>
/// <param name="Queue">Units that may wait for the writer: <c>limits.queue</c>.</param>
/// <param name="QueueBytes">Bytes of documents and answers that may wait for it: <c>limits.queueBytes</c>.</param>
public sealed record StoreSettings(string Folder, int Queue, long QueueBytes);
