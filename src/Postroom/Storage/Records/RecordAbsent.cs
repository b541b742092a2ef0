namespace Postroom.Storage.Records;

/// <summary>There is no record with this id.</summary>
public sealed record RecordAbsent(RecordTable Table, EntryId Id) : Guard;
