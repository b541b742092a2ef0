namespace Postroom.Storage;

/// <summary>Which entries to list: newest first unless <see cref="OldestFirst"/>.</summary>
public sealed record EntryQuery
{
    /// <summary>Only this endpoint; null for all.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Only entries that stand here; null for all.</summary>
    public EntryState? State { get; init; }

    /// <summary>Only entries held or refused for this reason; null for all.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Only entries whose document holds this text, compared without regard to ASCII case; null for all.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// Go on after this entry in the order asked for; null to begin. A cursor, stable while entries arrive.
    /// </summary>
    public EntryId? After { get; init; }

    /// <summary>Exports go the other way.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>At most so many, 1 to 1000; 30 unless told.</summary>
    public int Limit { get; init; } = 30;

    /// <summary>
    /// Stop looking after so many rows even when fewer matched, so that a rare text in a large store does not hold a
    /// reader; 100,000 unless told.
    /// </summary>
    public int ScanMax { get; init; } = 100_000;
}
