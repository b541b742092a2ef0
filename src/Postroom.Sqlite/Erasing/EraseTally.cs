using Postroom.Storage;

namespace Postroom.Sqlite.Erasing;

/// <summary>What a slice erased.</summary>
internal sealed record EraseTally(long Entries, IReadOnlyList<EntryId> Files);
