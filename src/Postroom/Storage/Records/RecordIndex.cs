namespace Postroom.Storage.Records;

/// <summary>An index over columns.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Columns">The names of its columns in order.</param>
/// <param name="IsUnique">
/// No two records have the same values in all of them; where one of the values is none, the record has no rival.
/// </param>
public sealed record RecordIndex(string Name, IReadOnlyList<string> Columns, bool IsUnique);
