namespace Postroom.Storage.Records;

/// <summary>
/// No other record has these values under a unique index. Where it does not hold, <see cref="GuardFacts.Record"/> is
/// the one that has them. Values with a none among them are always free.
/// </summary>
/// <param name="Table">The resource.</param>
/// <param name="Index">The unique index, one of the table's.</param>
/// <param name="Values">The values of its columns, in their order.</param>
/// <param name="Except">The record that may have them; empty for none.</param>
public sealed record ValuesFree(
    RecordTable Table, RecordIndex Index, IReadOnlyList<RecordValue> Values, EntryId Except = default) : Guard;
