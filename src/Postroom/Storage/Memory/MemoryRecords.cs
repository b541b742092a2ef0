using System.Collections.Immutable;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>The meaning of guards and writes over records.</summary>
internal static class MemoryRecords
{
    /// <summary>Null when the guard holds.</summary>
    public static UnitOutcome? Judge(MemoryState state, Guard guard)
    {
        // A rule that is no longer declared has ended, whatever plan the unit was made by.
        if (!IsDeclared(state, guard))
        {
            return null;
        }

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

    public static MemoryState Insert(MemoryState state, InsertRecord insert, long now) =>
        Put(state, insert.Table, insert.Record, RecordChangeKind.Created, now);

    public static MemoryState Replace(MemoryState state, ReplaceRecord replace, long now) =>
        state.FindRecord(replace.Table, replace.Record.Id) is null
            ? state
            : Put(state, replace.Table, replace.Record, RecordChangeKind.Updated, now);

    public static MemoryState Delete(MemoryState state, RecordTable table, EntryId id, long now) =>
        state.FindRecord(table, id) is not { } record
            ? state
            : state.With(table, state.RecordsOf(table).Remove(id))
                .Changed(table, record, RecordChangeKind.Deleted, now);

    /// <summary>
    /// What no guard of the unit looked for and the table does not allow: a bug of the caller, which fails the unit.
    /// </summary>
    public static string? Contradiction(MemoryState state, Write write)
    {
        var (table, record) = write switch
        {
            InsertRecord insert => (insert.Table, insert.Record),
            ReplaceRecord replace when state.FindRecord(replace.Table, replace.Record.Id) is not null =>
                (replace.Table, replace.Record),
            _ => (null, null),
        };
        if (table is null || record is null)
        {
            return null;
        }

        if (write is InsertRecord && state.FindRecord(table, record.Id) is not null)
        {
            return "There is a record with this id.";
        }

        // An engine that reads some records only has unique indexes of its own.
        if (state.Totals is not null)
        {
            return null;
        }

        var known = state.Known(table);
        var values = Own(state, table, record).Values;
        return known.Indexes
            .Where(index => index.IsUnique)
            .Select(index => new ValuesFree(known, index, known.Pick(values, index.Columns), record.Id))
            .Any(free => Rival(state, free) is not null)
            ? "There is a record with these values."
            : null;
    }

    private static MemoryState Put(
        MemoryState state, RecordTable table, Record record, RecordChangeKind kind, long now) =>
        state.With(table, state.RecordsOf(table).SetItem(record.Id, Own(state, table, record)))
            .Changed(table, record, kind, now);

    // The caller may take its buffers back once the unit has ended.
    private static Record Own(MemoryState state, RecordTable table, Record record) => record with
    {
        Document = record.Document.ToArray(),
        Values = state.Known(table) is var known && ReferenceEquals(known, table)
            ? record.Values
            : known.Read(record.Document.Span),
    };

    private static bool IsDeclared(MemoryState state, Guard guard) => guard switch
    {
        ValuesFree free => Has(state, free.Table, free.Index.Columns),
        SumBelow sum => Has(state, sum.Table, [.. sum.Rule.Per, .. Named(sum.Rule.Weight)]),
        StockBelow stock => IsDeclared(state, stock.Sum) && Has(state, stock.Stock, [stock.Column]),
        RangeFree range => Has(state, range.Table, [.. range.Rule.Per, range.Rule.From, range.Rule.To]),
        ReferencesAre references => Has(state, references.Table, [references.Column]),
        _ => true,
    };

    private static IEnumerable<string> Named(string? column) => column is null ? [] : [column];

    private static bool Has(MemoryState state, RecordTable table, IReadOnlyList<string> columns) =>
        state.Known(table) is var known
        && (ReferenceEquals(known, table) || columns.All(name => known.Columns.Any(column => column.Name == name)));

    private static UnitOutcome Refused(Guard guard, EntryId record, long left = 0) =>
        new(UnitVerdict.Refused, guard) { Facts = new GuardFacts(record, left) };

    private static Record? Rival(MemoryState state, ValuesFree free) =>
        free.Values.Any(value => value.IsNone)
            ? null
            : state.RecordsOf(free.Table).Values.FirstOrDefault(record => record.Id != free.Except
                && state.Known(free.Table).Pick(record.Values, free.Index.Columns).SequenceEqual(free.Values));

    private static UnitOutcome? Judge(MemoryState state, Guard guard, SumBelow sum, long max)
    {
        var whole = Weigh(state, sum) + (state.Totals?.Beside(state, sum) ?? 0);
        var taken = (long)Int128.Min(whole, long.MaxValue);
        return Plus(taken, sum.Add) <= max ? null : Refused(guard, default, Math.Max(0, max - taken));
    }

    /// <summary>What the records in the state weigh together that the guard counts.</summary>
    public static Int128 Weigh(MemoryState state, SumBelow sum) =>
        Counting(state, sum.Table, sum.Rule.Per, sum.Key, sum.Now, sum.Except)
            .Aggregate(Int128.Zero, (total, record) => total + Weight(state, sum, record));

    private static long Weight(MemoryState state, SumBelow sum, Record record) => sum.Rule.Weight is { } column
        ? Math.Max(0, record.Values[state.Known(sum.Table).Position(column)].Integer)
        : 1;

    /// <summary>What is more than fits is as much as fits: no sum turns negative.</summary>
    private static long Plus(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static long Stock(MemoryState state, StockBelow stock) =>
        state.FindRecord(stock.Stock, stock.Record) is { } record
            ? record.Values[state.Known(stock.Stock).Position(stock.Column)].Integer
            : 0;

    private static Record? Overlapping(MemoryState state, RangeFree range)
    {
        var from = state.Known(range.Table).Position(range.Rule.From);
        var to = state.Known(range.Table).Position(range.Rule.To);
        return Counting(state, range.Table, range.Rule.Per, range.Key, range.Now, range.Except).FirstOrDefault(record =>
            !record.Values[from].IsNone && !record.Values[to].IsNone
            && record.Values[from].Integer < Plus(range.To, range.Rule.Buffer)
            && Plus(record.Values[to].Integer, range.Rule.Buffer) > range.From);
    }

    private static IEnumerable<Record> Counting(
        MemoryState state, RecordTable table, IReadOnlyList<string> per, IReadOnlyList<RecordValue> key, long now,
        EntryId except) =>
        state.RecordsOf(table).Values.Where(record => record.Id != except && record.Counts(now)
            && state.Known(table).Pick(record.Values, per).SequenceEqual(key));

    private static UnitOutcome? Judge(MemoryState state, ReferencesAre references)
    {
        var found = state.ReferencesTo(references.Table, references.Column, references.Id).ToList();
        return found.Count == references.Count ? null : Refused(references, found.FirstOrDefault()?.Id ?? default);
    }
}
