namespace Postroom.Sqlite.Erasing;

/// <summary>What is to be erased: ids, and nothing of anybody's.</summary>
/// <param name="Entries">The ids of entries.</param>
/// <param name="Files">
/// The ids of their files, so that an erasure that is taken up after a crash finds those of entries already gone.
/// </param>
internal sealed record EraseOrder(IReadOnlyList<string> Entries, IReadOnlyList<string> Files);
