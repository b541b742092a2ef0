namespace Postroom.Storage.Records;

/// <summary>Makes a record; <see cref="Record.Values"/> are filled. Its id is free: a guard has seen to that.</summary>
public sealed record InsertRecord(RecordTable Table, Record Record) : Write;
