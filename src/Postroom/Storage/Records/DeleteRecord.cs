namespace Postroom.Storage.Records;

/// <summary>Removes a record. Without effect when there is none.</summary>
public sealed record DeleteRecord(RecordTable Table, EntryId Id) : Write;
