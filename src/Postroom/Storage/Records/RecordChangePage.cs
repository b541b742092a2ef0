namespace Postroom.Storage.Records;

/// <summary>Changes of a table in their order.</summary>
/// <param name="Changes">Those after the number that was asked for.</param>
/// <param name="Last">
/// The number to ask for next: that of the last change in the page, or where there is none what was asked for.
/// </param>
/// <param name="IsWhole">
/// False when changes after the number that was asked for are no longer kept: whoever follows must read all again.
/// </param>
public sealed record RecordChangePage(IReadOnlyList<RecordChange> Changes, long Last, bool IsWhole);
