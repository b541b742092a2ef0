namespace Postroom.Sqlite.Erasing;

/// <summary>What became of an order.</summary>
/// <param name="Entries">Entries that were erased for it, without those that were gone already.</param>
/// <param name="Files">Files that were removed.</param>
/// <param name="IsLogEmpty">
/// True when the log, in which what was erased still stood, is empty; false when a reader kept it for too long.
/// </param>
internal sealed record EraseReceipt(long Entries, long Files, bool IsLogEmpty);
