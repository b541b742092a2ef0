namespace Postroom.Storage.Records;

/// <summary>A page of records.</summary>
/// <param name="Records">In the order asked for.</param>
/// <param name="Next">Where to go on; null when this was the last page.</param>
public sealed record RecordPage(IReadOnlyList<Record> Records, EntryId? Next);
