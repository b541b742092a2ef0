using System.Collections.Immutable;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>
/// What the records of keys weigh, where a state holds only some of them: an engine adds up the others, so that a full
/// key need not be read record by record.
/// </summary>
/// <param name="taken">For each guard what the records of its key weighed before, all of them.</param>
/// <param name="before">The records that the state held then.</param>
internal sealed class MemoryTotals(
    IReadOnlyDictionary<SumBelow, Int128> taken,
    ImmutableDictionary<string, ImmutableSortedDictionary<EntryId, Record>> before)
{
    /// <summary>What the records weighed that the state does not hold.</summary>
    public Int128 Beside(MemoryState state, SumBelow sum) => taken.GetValueOrDefault(sum)
        - MemoryRecords.Weigh(state with { Records = before }, sum with { Except = default });
}
