using Postroom.Storage;

namespace Postroom.Server.Erasing;

/// <summary>An entry that is the person's.</summary>
internal sealed record FoundEntry(EntryId Id, IReadOnlyList<EntryId> Files, ErasedEntry Shown);
