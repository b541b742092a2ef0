using System.Collections.Immutable;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>The meaning of guards and writes over records.</summary>
internal static class MemoryRecords
{
    /// <summary>Null when the guard holds.</summary>
    public static UnitOutcome? Judge(MemoryState state, Guard guard)
    {
        switch (guard)
        {
            case RecordThere there when state.FindRecord(there.Table, there.Id) is not { } record
                || (there.Version is { } version && version != record.Version):
                return new UnitOutcome(UnitVerdict.Refused, guard);
            case RecordHeld held when state.FindRecord(held.Table, held.Id)?.HeldUntil is not { } until
                || until <= held.Now:
                return new UnitOutcome(UnitVerdict.Refused, guard);
            case RecordAbsent absent when state.FindRecord(absent.Table, absent.Id) is { } record:
                return Refused(guard, record.Id);
            case ValuesFree free when Rival(state, free) is { } rival:
                return Refused(guard, rival.Id);
            case SumBelow sum:
                return Judge(state, guard, sum, sum.Max);
            case StockBelow stock:
                return Judge(state, guard, stock.Sum, Stock(state, stock));
            case RangeFree range when Overlapping(state, range) is { } other:
                return Refused(guard, other.Id);
            case ReferencesAre references:
                return Judge(state, references);
            default:
                return null;
        }
    }

    public static MemoryState Insert(MemoryState state, InsertRecord insert) =>
        state.With(insert.Table, state.RecordsOf(insert.Table).SetItem(insert.Record.Id, Own(insert.Record)));

    public static MemoryState Replace(MemoryState state, ReplaceRecord replace) =>
        state.FindRecord(replace.Table, replace.Record.Id) is null
            ? state
            : state.With(
                replace.Table, state.RecordsOf(replace.Table).SetItem(replace.Record.Id, Own(replace.Record)));

    public static MemoryState Delete(MemoryState state, DeleteRecord delete) =>
        state.With(delete.Table, state.RecordsOf(delete.Table).Remove(delete.Id));

    // The caller may take its buffers back once the unit has ended.
    private static Record Own(Record record) => record with { Document = record.Document.ToArray() };

    private static UnitOutcome Refused(Guard guard, EntryId record, long left = 0) =>
        new(UnitVerdict.Refused, guard) { Facts = new GuardFacts(record, left) };

    private static Record? Rival(MemoryState state, ValuesFree free) =>
        free.Values.Any(value => value.IsNone)
            ? null
            : state.RecordsOf(free.Table).Values.FirstOrDefault(record => record.Id != free.Except
                && free.Table.Pick(record.Values, free.Index.Columns).SequenceEqual(free.Values));

    private static UnitOutcome? Judge(MemoryState state, Guard guard, SumBelow sum, long max)
    {
        var taken = Counting(state, sum.Table, sum.Rule.Per, sum.Key, sum.Now, sum.Except)
            .Aggregate(0L, (total, record) => Plus(total, Weight(sum, record)));
        return Plus(taken, sum.Add) <= max ? null : Refused(guard, default, Math.Max(0, max - taken));
    }

    private static long Weight(SumBelow sum, Record record) =>
        sum.Rule.Weight is { } column ? Math.Max(0, record.Values[sum.Table.Position(column)].Integer) : 1;

    /// <summary>What is more than fits is as much as fits: no sum turns negative.</summary>
    private static long Plus(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static long Stock(MemoryState state, StockBelow stock) =>
        state.FindRecord(stock.Stock, stock.Record) is { } record
            ? record.Values[stock.Stock.Position(stock.Column)].Integer
            : 0;

    private static Record? Overlapping(MemoryState state, RangeFree range)
    {
        var from = range.Table.Position(range.Rule.From);
        var to = range.Table.Position(range.Rule.To);
        return Counting(state, range.Table, range.Rule.Per, range.Key, range.Now, range.Except).FirstOrDefault(record =>
            !record.Values[from].IsNone && !record.Values[to].IsNone
            && record.Values[from].Integer < Plus(range.To, range.Rule.Buffer)
            && Plus(record.Values[to].Integer, range.Rule.Buffer) > range.From);
    }

    private static IEnumerable<Record> Counting(
        MemoryState state, RecordTable table, IReadOnlyList<string> per, IReadOnlyList<RecordValue> key, long now,
        EntryId except) =>
        state.RecordsOf(table).Values.Where(record => record.Id != except && record.Counts(now)
            && table.Pick(record.Values, per).SequenceEqual(key));

    private static UnitOutcome? Judge(MemoryState state, ReferencesAre references)
    {
        var found = state.ReferencesTo(references.Table, references.Column, references.Id).ToList();
        return found.Count == references.Count ? null : Refused(references, found.FirstOrDefault()?.Id ?? default);
    }
}
