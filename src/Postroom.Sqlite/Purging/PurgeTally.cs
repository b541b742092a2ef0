using Postroom.Storage;

namespace Postroom.Sqlite.Purging;

/// <summary>What a slice cleared: rows, bytes where they count, and files whose bytes are left.</summary>
internal sealed record PurgeTally(long Rows, long Bytes, IReadOnlyList<EntryId> Files)
{
    public PurgeTally(long rows)
        : this(rows, 0, [])
    {
    }
}
