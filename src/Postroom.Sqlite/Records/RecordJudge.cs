using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>
/// Judges guards over records inside the writer's transaction, each by an index. A rule that is no longer declared has
/// ended.
/// </summary>
internal sealed class RecordJudge(RecordTables tables)
{
    /// <summary>Null when the guard holds, or is none over records.</summary>
    public UnitOutcome? Judge(Guard guard)
    {
        switch (guard)
        {
            case RecordThere there when tables.Of(there.Table).Find(there.Id) is not { } facts
                || (there.Version is { } version && version != facts.Version):
            case RecordHeld held when tables.Of(held.Table).Find(held.Id)?.HeldUntil is not { } until
                || until <= held.Now:
                return new UnitOutcome(UnitVerdict.Refused, guard);
            case RecordAbsent absent when tables.Of(absent.Table).Find(absent.Id) is not null:
                return Refused(guard, absent.Id);
            case ValuesFree free when Rival(free) is { } rival:
                return Refused(guard, rival);
            case SumBelow sum:
                return Judge(guard, sum, sum.Max);
            case StockBelow stock:
                return Stock(stock) is { } max ? Judge(guard, stock.Sum, max) : null;
            case RangeFree range when Overlapping(range) is { } other:
                return Refused(guard, other);
            case ReferencesAre references:
                return Judge(references);
            default:
                return null;
        }
    }

    private static UnitOutcome Refused(Guard guard, EntryId record, long left = 0) =>
        new(UnitVerdict.Refused, guard) { Facts = new GuardFacts(record, left) };

    private EntryId? Rival(ValuesFree free)
    {
        for (var i = 0; i < free.Values.Count; i++)
        {
            if (free.Values[i].IsNone)
            {
                return null;
            }
        }

        if (tables.Of(free.Table).View(free.Table).Rival(free.Index) is not { } probe)
        {
            return null;
        }

        RecordRows.Bind(probe, free.Values);
        EntryId? rival = null;
        while (rival is null && probe.Step())
        {
            var id = EntryId.Read(probe.Bytes(0));
            rival = id == free.Except ? null : id;
        }

        probe.Reset();
        return rival;
    }

    private UnitOutcome? Judge(Guard guard, SumBelow sum, long max)
    {
        var rows = tables.Of(sum.Table);
        if (rows.View(sum.Table).Sum(sum.Rule) is not { } rule || rows.Sums is not { } sums)
        {
            return null;
        }

        var taken = sums.Of(rule, sum.Key, sum.Now) - Excepted(rows, rule, sum);
        var whole = (long)Int128.Min(taken, long.MaxValue);
        return Int128.Min(taken + sum.Add, long.MaxValue) <= max
            ? null
            : Refused(guard, default, Math.Max(0, max - whole));
    }

    private static long Excepted(RecordRows rows, ShapeSum rule, SumBelow sum)
    {
        if (sum.Except.IsEmpty || rows.Find(sum.Except) is not { } facts || !facts.Counts(sum.Now))
        {
            return 0;
        }

        var values = rows.ReadValues(facts.Row);
        return RecordSums.Key(rule, values).SequenceEqual(sum.Key) ? RecordSums.Weight(rule, values) : 0;
    }

    /// <summary>How much there is; null when the column is no longer declared.</summary>
    private long? Stock(StockBelow stock)
    {
        var rows = tables.Of(stock.Stock);
        if (rows.View(stock.Stock).Name(stock.Column) is not { } name)
        {
            return null;
        }

        return rows.Find(stock.Record) is { } facts ? rows.ReadValues(facts.Row)[rows.Shape.Position(name)].Integer : 0;
    }

    private EntryId? Overlapping(RangeFree range)
    {
        var rows = tables.Of(range.Table);
        var except = range.Except.IsEmpty ? 0 : rows.Find(range.Except)?.Row ?? 0;
        return rows.View(range.Table).Range(range.Rule)?.Find(range, except);
    }

    private UnitOutcome? Judge(ReferencesAre references)
    {
        var rows = tables.Of(references.Table);
        if (rows.View(references.Table).Name(references.Column) is not { } column)
        {
            return null;
        }

        var probe = rows.Statement($"SELECT id FROM \"{rows.Shape.Name}\" WHERE \"{column}\" = ?1 LIMIT ?2");
        probe.BindText(1, references.Id.ToString());
        probe.Bind(2, references.Count + 1);
        var count = 0L;
        EntryId first = default;
        while (probe.Step())
        {
            first = count++ == 0 ? EntryId.Read(probe.Bytes(0)) : first;
        }

        probe.Reset();
        return count == references.Count ? null : Refused(references, first);
    }
}
