namespace Postroom.Storage.Records;

/// <summary>No two records of the same key have ranges <c>[from, to)</c> that overlap.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Per">The names of the columns that are the key.</param>
/// <param name="From">The name of the column with the start: a moment or a whole number.</param>
/// <param name="To">The name of the column with the end, of the same type.</param>
/// <param name="Buffer">How much must lie between two ranges, in the unit of the columns; 0 for nothing.</param>
public sealed record OverlapRule(string Name, IReadOnlyList<string> Per, string From, string To, long Buffer);
