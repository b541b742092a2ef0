namespace Postroom.Storage.Records;

/// <summary>There is a record with this id, at this version where one is named.</summary>
/// <param name="Table">Its resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version that it must have; null for any.</param>
public sealed record RecordThere(RecordTable Table, EntryId Id, long? Version = null) : Guard;
