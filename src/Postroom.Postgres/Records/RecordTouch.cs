using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Records;

/// <summary>What the units of a batch look at or change in one table of records.</summary>
internal sealed class RecordTouch
{
    /// <summary>Records that are there before the batch and may be written.</summary>
    public HashSet<EntryId> Written { get; } = [];

    /// <summary>Records that something rests on.</summary>
    public HashSet<EntryId> Seen { get; } = [];

    /// <summary>Records as they come, each with the table that its unit knows.</summary>
    public List<(RecordTable Table, Record Record)> Incoming { get; } = [];

    public List<ValuesFree> Values { get; } = [];

    public List<SumBelow> Sums { get; } = [];

    public List<RangeFree> Ranges { get; } = [];

    public List<ReferencesAre> References { get; } = [];

    /// <summary>Takes a write in, if it is one of a record.</summary>
    public static void Add(Dictionary<string, RecordTouch> tables, Write write, bool careful)
    {
        switch (write)
        {
            case InsertRecord insert:
                var inserted = Of(tables, insert.Table);
                inserted.Incoming.Add((insert.Table, insert.Record));
                if (careful)
                {
                    inserted.Written.Add(insert.Record.Id);
                }

                break;
            case ReplaceRecord replace:
                var replaced = Of(tables, replace.Table);
                replaced.Incoming.Add((replace.Table, replace.Record));
                replaced.Written.Add(replace.Record.Id);
                break;
            case DeleteRecord delete:
                Of(tables, delete.Table).Written.Add(delete.Id);
                break;
        }
    }

    /// <summary>Takes a guard in, if it is one over records.</summary>
    public static void Add(Dictionary<string, RecordTouch> tables, Guard guard)
    {
        switch (guard)
        {
            case RecordThere there:
                Of(tables, there.Table).Seen.Add(there.Id);
                break;
            case RecordHeld held:
                Of(tables, held.Table).Seen.Add(held.Id);
                break;
            case RecordAbsent absent:
                Of(tables, absent.Table).Seen.Add(absent.Id);
                break;
            case ValuesFree free when !free.Values.Any(value => value.IsNone):
                Of(tables, free.Table).Values.Add(free);
                break;
            case SumBelow sum:
                Add(tables, sum);
                break;
            case StockBelow stock:
                Add(tables, stock.Sum);
                Of(tables, stock.Stock).Seen.Add(stock.Record);
                break;
            case RangeFree range:
                Of(tables, range.Table).Ranges.Add(range);
                break;
            case ReferencesAre references:
                Of(tables, references.Table).References.Add(references);
                break;
        }
    }

    private static void Add(Dictionary<string, RecordTouch> tables, SumBelow sum)
    {
        var touch = Of(tables, sum.Table);
        touch.Sums.Add(sum);
        if (!sum.Except.IsEmpty)
        {
            touch.Seen.Add(sum.Except);
        }
    }

    private static RecordTouch Of(Dictionary<string, RecordTouch> tables, RecordTable table) =>
        tables.TryGetValue(table.Endpoint, out var touch)
            ? touch
            : tables[table.Endpoint] = new RecordTouch();
}
