namespace Postroom.Storage.Records;

/// <summary>Why a table cannot be as it is declared.</summary>
/// <param name="Endpoint">The resource.</param>
/// <param name="Index">The unique index that records contradict.</param>
/// <param name="Offenders">Some of the records that contradict it, at most 20.</param>
public sealed record RecordTableFault(string Endpoint, RecordIndex Index, IReadOnlyList<EntryId> Offenders);
