namespace Postroom.Storage.Records;

/// <summary>What a guard found that did not hold.</summary>
/// <param name="Record">The record in the way; empty for none.</param>
/// <param name="Left">How much is still free; 0 where that is no question.</param>
public sealed record GuardFacts(EntryId Record, long Left = 0);
