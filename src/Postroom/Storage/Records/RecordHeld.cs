namespace Postroom.Storage.Records;

/// <summary>
/// The record is held and its hold has not ended at <paramref name="Now"/>: what makes a confirmation true. Time
/// decides here, never a sweep.
/// </summary>
/// <param name="Table">Its resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Now">Unix milliseconds.</param>
public sealed record RecordHeld(RecordTable Table, EntryId Id, long Now) : Guard;
