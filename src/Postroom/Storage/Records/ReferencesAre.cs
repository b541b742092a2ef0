namespace Postroom.Storage.Records;

/// <summary>
/// So many records of a table refer to a record: what keeps a deletion from leaving a reference behind that was made
/// since it was planned. Where it does not hold, <see cref="GuardFacts.Record"/> is one that refers, if any does.
/// </summary>
/// <param name="Table">The resource that refers.</param>
/// <param name="Column">The name of its text column with the id.</param>
/// <param name="Id">What is referred to.</param>
/// <param name="Count">How many must do so; 0 for a deletion that references forbid.</param>
public sealed record ReferencesAre(RecordTable Table, string Column, EntryId Id, long Count) : Guard;
