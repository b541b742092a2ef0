namespace Postroom.Storage;

/// <summary>
/// A file that comes in several requests, as far as it is on stable storage. Whoever goes on with it, on whatever node,
/// needs nothing else; it is kept with the upload's row and never in a file of its own.
/// </summary>
/// <param name="Id">Its id, under which it can be read once it is complete.</param>
/// <param name="Size">Bytes that are durable. What lies behind them is dropped by whoever goes on.</param>
/// <param name="State">
/// What the store needs to go on, in a form of its own, at most 1 MiB: empty at the beginning, and for a store that
/// needs nothing.
/// </param>
public sealed record GrowingFile(EntryId Id, long Size = 0, ReadOnlyMemory<byte> State = default);
