namespace Postroom.Sqlite.Purging;

/// <summary>What a slice cleared: rows, and bytes where they count.</summary>
internal sealed record PurgeTally(long Rows, long Bytes);
