namespace Postroom.Storage;

/// <summary>A page of entries.</summary>
/// <param name="Entries">In the order asked for.</param>
/// <param name="Next">Where to go on; null when this was the last page.</param>
public sealed record EntryPage(IReadOnlyList<Entry> Entries, EntryId? Next);
