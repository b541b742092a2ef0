namespace Postroom.Storage;

/// <summary>
/// A file that was or is uploaded to an endpoint: where it stands, as it is written and as it is read back. A row for
/// each file from the first request to the deletion of the entry that names it, so that open uploads can be gone on
/// with and quotas count what is there.
/// </summary>
public sealed record Upload
{
    /// <summary>Its id, and the id of its file. Nobody guesses it.</summary>
    public required EntryId Id { get; init; }

    /// <summary>The path of the endpoint as declared.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whose quota it counts for: a name of a caller, or a digest of an address.</summary>
    public required string Caller { get; init; }

    /// <summary>Where it stands.</summary>
    public UploadState State { get; init; }

    /// <summary>Bytes of the whole file; null as long as nobody has said.</summary>
    public long? Length { get; init; }

    /// <summary>Bytes that are durable: what was acknowledged. It never falls.</summary>
    public long Offset { get; init; }

    /// <summary>What came with its creation, in the form of whoever wrote it.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>What the store of files needs to go on: see <see cref="GrowingFile.State"/>.</summary>
    public ReadOnlyMemory<byte> FileState { get; init; }

    /// <summary>When it was begun, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>
    /// When it ends unless it is finished, in Unix milliseconds; a finished one stays as long as its entry.
    /// </summary>
    public required long ExpiresAt { get; init; }

    /// <summary>
    /// The number of the request that may write it. A newer request takes the next number, and from then on the unit of
    /// the older one is refused.
    /// </summary>
    public long Fence { get; init; }

    /// <summary>True from the first byte of a request to its orderly end: its writer may be alive still.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The entry that it became; empty before.</summary>
    public EntryId Entry { get; init; }

    /// <summary>The final answer, to be given again when it was lost.</summary>
    public StoredAnswer? Answer { get; init; }

    /// <summary>Bytes that it counts for in a quota: its length if that is known, else what has come.</summary>
    public long Bytes => State == UploadState.Cancelled ? 0 : Math.Max(Length ?? 0, Offset);

    /// <summary>What the store of files goes on with.</summary>
    public GrowingFile File => new(Id, Offset, FileState);
}
