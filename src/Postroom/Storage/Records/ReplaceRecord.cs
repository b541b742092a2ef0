namespace Postroom.Storage.Records;

/// <summary>
/// Puts a record in the place of the one with its id; <see cref="Record.Values"/> are filled. Without effect when there
/// is none.
/// </summary>
public sealed record ReplaceRecord(RecordTable Table, Record Record) : Write;
