namespace Postroom.Storage.Records;

/// <summary>That a record of a table changed.</summary>
/// <param name="Sequence">Its number in the table: rising in the order of the commits, with gaps.</param>
/// <param name="Id">The record.</param>
/// <param name="Version">The version that it has since; of a deleted one, the last that it had.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, in Unix milliseconds.</param>
public sealed record RecordChange(long Sequence, EntryId Id, long Version, RecordChangeKind Kind, long At);
