namespace Postroom.Storage;

/// <summary>What to clear.</summary>
public sealed record PurgeOrder
{
    /// <summary>Unix milliseconds: keys and tokens that expired at this time are cleared.</summary>
    public required long Now { get; init; }

    /// <summary>
    /// For each endpoint, entries received before this time (Unix milliseconds) are deleted; endpoints not named keep
    /// theirs. Entries with jobs that are not done stay. A key that has not expired stays taken.
    /// </summary>
    public IReadOnlyDictionary<string, long> DeleteBefore { get; init; } = new Dictionary<string, long>();

    /// <summary>
    /// When the documents, answers and files together are larger than this, the oldest entries go until they are not;
    /// null
    /// for no bound. Entries whose key has not expired, or with jobs that are not done, stay.
    /// </summary>
    public long? BytesMax { get; init; }

    /// <summary>Finished jobs older than this (Unix milliseconds of their last change) are deleted.</summary>
    public long JobsDoneBefore { get; init; }

    /// <summary>
    /// Records whose hold ended at this time or earlier (Unix milliseconds) are removed; they have not counted since.
    /// </summary>
    public long HoldsEndedBefore { get; init; }

    /// <summary>
    /// Changes of records older than this (Unix milliseconds) are forgotten, but for the newest of each table.
    /// </summary>
    public long ChangesBefore { get; init; }

    /// <summary>
    /// Is told of each file that an entry named which is gone, after the commit that removed the entry, so that its
    /// bytes can go as well; null leaves them to the sweep.
    /// </summary>
    public Action<EntryId>? FileRemoved { get; init; }

    /// <summary>Rows a slice; other units pass between slices.</summary>
    public int Slice { get; init; } = 1000;
}
