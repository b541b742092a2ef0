namespace Postroom.Storage.Records;

/// <summary>A record's place in a sorted list: stable whatever is added meanwhile.</summary>
/// <param name="Values">Of the columns that the list is sorted by, in their order.</param>
/// <param name="Id">The record.</param>
internal sealed record RecordPlace(IReadOnlyList<RecordValue> Values, EntryId Id);
