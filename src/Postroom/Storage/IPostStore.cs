using Postroom.Storage.Records;

namespace Postroom.Storage;

/// <summary>
/// What a store promises. One conformance suite states it as tests, and every engine passes it.
/// </summary>
public interface IPostStore : IAsyncDisposable
{
    /// <summary>The engine's name, such as <c>sqlite</c> or <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>True when a user's own statements can be part of a unit.</summary>
    bool HasStatements { get; }

    /// <summary>True when other processes may write to the same data: then nobody knows what runs elsewhere.</summary>
    bool IsShared => false;

    /// <summary>
    /// 32 random bytes made with the store, never shown: everything signed is signed with keys derived from it.
    /// </summary>
    ReadOnlyMemory<byte> Secret { get; }

    /// <summary>Makes the ids of this store's entries, beginning after the last one there is.</summary>
    EntryIdSource Ids { get; }

    /// <summary>Is cancelled when the disk failed in a commit: from then on every call ends as Unknown.</summary>
    CancellationToken Poisoned { get; }

    /// <summary>
    /// Sees that there is a table for each resource, with the columns and indexes that are declared: new ones are made
    /// and filled while the store is in use. Tables of other resources stay as they are. Before it has ended without a
    /// fault, no unit or reader concerns a table of that shape.
    /// </summary>
    /// <returns>The unique indexes that records contradict; those are not made, everything else is.</returns>
    ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel);

    /// <summary>
    /// Queues the unit and completes when its end is decided and, if committed, on stable storage. It cannot be
    /// withdrawn: a caller that goes away changes nothing. Continuations never run on the writer. Await the result
    /// once, at once; when it is there, the store holds no reference to the unit's memory.
    /// </summary>
    /// <exception cref="ArgumentException">The unit breaks its own limits: a bug of the caller.</exception>
    ValueTask<UnitOutcome> CommitAsync(PostUnit unit);

    /// <summary>
    /// The entry that the key stands for at that time (Unix milliseconds), or null when the key is free.
    /// </summary>
    KeyMatch? FindKey(KeyHash key, long now);

    /// <summary>
    /// The same without holding a thread, where the store is not in this process: what a POST on its way asks.
    /// </summary>
    /// <exception cref="StoreUnreachableException">The store does not answer; nothing was changed.</exception>
    ValueTask<KeyMatch?> FindKeyAsync(KeyHash key, long now) => new(FindKey(key, now));

    /// <summary>Opens a snapshot for reading.</summary>
    IStoreReader Read();

    /// <summary>
    /// Leases due jobs: those ready at <paramref name="now"/>, and those whose lease has ended. Each claim has a new
    /// fencing number, greater than every earlier one of that job. Those due longest come first. None when the disk has
    /// failed.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="leaseUntil">Unix milliseconds.</param>
    /// <param name="max">At most so many.</param>
    ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max);

    /// <summary>
    /// Has <paramref name="hint"/> called when another process that shares this store may have stored jobs. It is a
    /// hint only: it may come late, for nothing, or not at all. Called once at most; stores of one process ignore it.
    /// </summary>
    void WhenJobsCome(Action hint)
    {
    }

    /// <summary>
    /// Clears what has ended, in slices that let units pass: answers of expired keys, entries by age and size, finished
    /// jobs, expired tokens.
    /// </summary>
    ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel);
}
