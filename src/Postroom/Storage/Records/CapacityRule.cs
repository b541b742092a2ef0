namespace Postroom.Storage.Records;

/// <summary>Records of the same key together weigh no more than so much: seats, stock.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Per">The names of the columns that are the key; empty for all records together.</param>
/// <param name="Weight">The name of the whole-number column that says what one weighs; null for 1 each.</param>
public sealed record CapacityRule(string Name, IReadOnlyList<string> Per, string? Weight);
