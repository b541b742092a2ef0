namespace Postroom.Storage.Records;

/// <summary>A page of what was asked for.</summary>
/// <param name="Records">In the order asked for.</param>
/// <param name="Next">Where to go on; null when this was the last page.</param>
internal sealed record RecordQueryPage(IReadOnlyList<Record> Records, RecordPlace? Next);
