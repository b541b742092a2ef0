namespace Postroom.Storage.Records;

/// <summary>
/// As <see cref="SumBelow"/>, where a record of another resource says how much there is: a stock counter. Without that
/// record, or without a whole number there, nothing is free.
/// </summary>
/// <param name="Sum">The capacity; its <see cref="SumBelow.Max"/> does not count.</param>
/// <param name="Stock">The resource that says how much there is.</param>
/// <param name="Record">The record of it.</param>
/// <param name="Column">The name of its whole-number column.</param>
public sealed record StockBelow(SumBelow Sum, RecordTable Stock, EntryId Record, string Column) : Guard;
