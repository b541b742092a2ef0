namespace Postroom.Storage.Records;

/// <summary>Which records to list, in the order of their ids: newest first unless <see cref="OldestFirst"/>.</summary>
public sealed record RecordList
{
    /// <summary>The resource.</summary>
    public required RecordTable Table { get; init; }

    /// <summary>Only those of this owner; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Go on after this record; null to begin.</summary>
    public EntryId? After { get; init; }

    /// <summary>The other way.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>At most so many, 1 to 1000; 30 unless told.</summary>
    public int Limit { get; init; } = 30;
}
