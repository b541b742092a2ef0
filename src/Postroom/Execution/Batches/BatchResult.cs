using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>What became of an item.</summary>
/// <param name="Id">The record's id; empty for one that was refused.</param>
/// <param name="Fault">Why it was refused; null for one that was created.</param>
internal sealed record BatchResult(EntryId Id, Fault? Fault);
