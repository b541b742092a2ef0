namespace Postroom.Storage;

/// <summary>
/// The way of one POST through the stages, for the inbox; kept apart from the data and dropped before it delays.
/// </summary>
/// <param name="Id">The POST's id: that of its entry when it was accepted, else a reference of its own.</param>
/// <param name="Endpoint">The path.</param>
/// <param name="ReceivedAt">Unix milliseconds.</param>
/// <param name="Status">The status that was answered.</param>
/// <param name="Code">The fault's code; null when accepted.</param>
/// <param name="Stages">Name and duration in microseconds of each stage that was passed, in order.</param>
public sealed record PostTrace(
    EntryId Id, string Endpoint, long ReceivedAt, int Status, string? Code, IReadOnlyList<StageTime> Stages);
