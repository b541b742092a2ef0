namespace Postroom.Storage.Records;

/// <summary>What a POST became: one record of a resource at one version.</summary>
public sealed record Record
{
    /// <summary>
    /// The public id, a UUID: made like those of entries, unless the client chose one. Unique in its resource.
    /// </summary>
    public required EntryId Id { get; init; }

    /// <summary>1 when it was created, one more with each change.</summary>
    public required long Version { get; init; }

    /// <summary>When it was created, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was changed last, in Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Who created it: null for anonymous callers.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// Until when it counts although nobody has confirmed it, in Unix milliseconds; null for a record that counts for
    /// good. One that has ended is as good as gone for capacities and ranges, and stays until it is removed.
    /// </summary>
    public long? HeldUntil { get; init; }

    /// <summary>The document: an object as UTF-8 JSON, byte for byte as it was accepted.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// What stands in the columns, in the order of <see cref="RecordTable.Columns"/>: what
    /// <see cref="RecordTable.Read"/> gives for the document. Readers leave it empty.
    /// </summary>
    public IReadOnlyList<RecordValue> Values { get; init; } = [];

    /// <summary>True when it counts at that time, in Unix milliseconds.</summary>
    internal bool Counts(long now) => HeldUntil is not { } until || until > now;
}
