namespace Postroom.Storage.Records;

/// <summary>
/// What the records of one key weigh, those whose hold has ended left out, and <paramref name="Add"/> are together no
/// more than <paramref name="Max"/>. Where it does not hold, <see cref="GuardFacts.Left"/> says how much is still free.
/// </summary>
/// <param name="Table">The resource.</param>
/// <param name="Rule">One of the table's.</param>
/// <param name="Key">The values of the rule's columns; one with a none among them is a key like others.</param>
/// <param name="Add">What is to be added, at least 0.</param>
/// <param name="Max">What they may weigh together.</param>
/// <param name="Now">Unix milliseconds, for holds.</param>
/// <param name="Except">A record that is left out because it is being replaced; empty for none.</param>
public sealed record SumBelow(
    RecordTable Table, CapacityRule Rule, IReadOnlyList<RecordValue> Key, long Add, long Max, long Now,
    EntryId Except = default) : Guard;
