namespace Postroom.Storage.Records;

/// <summary>
/// No other record of the key has a range that overlaps <c>[from, to)</c>, widened by the rule's buffer, those whose
/// hold has ended left out. Where it does not hold, <see cref="GuardFacts.Record"/> is one in the way.
/// </summary>
/// <param name="Table">The resource.</param>
/// <param name="Rule">One of the table's.</param>
/// <param name="Key">The values of the rule's columns.</param>
/// <param name="From">The start, in the unit of the column.</param>
/// <param name="To">The end, after the start.</param>
/// <param name="Now">Unix milliseconds, for holds.</param>
/// <param name="Except">A record that is left out because it is being replaced; empty for none.</param>
public sealed record RangeFree(
    RecordTable Table, OverlapRule Rule, IReadOnlyList<RecordValue> Key, long From, long To, long Now,
    EntryId Except = default) : Guard;
