using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>What capacities and overlaps ask of a record: guards, since only the commit can tell.</summary>
internal static class BookingGuards
{
    /// <summary>
    /// A record whose columns could not hold what its fields say would slip through a rule, so it is refused.
    /// </summary>
    public static Fault? Judge(ResourcePlan resource, Record after)
    {
        var table = resource.Table;
        foreach (var capacity in resource.Capacities)
        {
            if (capacity.Weight is { } pointer && after.Values[table.Position(capacity.Rule.Weight!)].IsNone)
            {
                return RecordFaults.TooLarge(pointer);
            }
        }

        foreach (var overlap in resource.Overlaps)
        {
            var (from, to) = Ends(table, overlap, after);
            if (from.IsNone || to.IsNone)
            {
                return RecordFaults.NoRangeEnd(from.IsNone ? overlap.From : overlap.To);
            }

            if (from.Integer >= to.Integer)
            {
                return RecordFaults.EmptyRange(overlap.From, overlap.To);
            }
        }

        return null;
    }

    /// <param name="resource">The resource.</param>
    /// <param name="before">
    /// The record as it counts now; null for one that is new, or that is to count longer than it does. What does not
    /// change is not judged, so that a smaller capacity keeps nobody from correcting his name.
    /// </param>
    /// <param name="after">The record as it will be.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static IEnumerable<Guard> Of(ResourcePlan resource, Record? before, Record after, long now)
    {
        foreach (var capacity in resource.Capacities)
        {
            if (Sum(resource.Table, capacity, before, after, now) is not { } sum)
            {
                continue;
            }

            yield return capacity.Of is { } of ? Stock(resource.Table, capacity, of, sum, after) : sum;
        }

        foreach (var overlap in resource.Overlaps)
        {
            if (Range(resource.Table, overlap, before, after, now) is { } range)
            {
                yield return range;
            }
        }
    }

    private static SumBelow? Sum(RecordTable table, CapacityPlan capacity, Record? before, Record after, long now)
    {
        var key = table.Pick(after.Values, capacity.Rule.Per);
        var weight = Weight(table, capacity, after);
        return before is not null && weight <= Weight(table, capacity, before)
            && table.Pick(before.Values, capacity.Rule.Per).SequenceEqual(key)
            ? null
            : new SumBelow(table, capacity.Rule, key, weight, capacity.Max, now, after.Id);
    }

    private static StockBelow Stock(
        RecordTable table, CapacityPlan capacity, ReferenceRule of, SumBelow sum, Record after)
    {
        var text = after.Values[table.Position(of.Column.Name)].Text;
        return new StockBelow(
            sum, of.Target.Resource!.Table, EntryId.TryParse(text, out var id) ? id : default, capacity.Column);
    }

    private static RangeFree? Range(RecordTable table, OverlapPlan overlap, Record? before, Record after, long now)
    {
        var key = table.Pick(after.Values, overlap.Rule.Per);
        var ends = Ends(table, overlap, after);
        return before is not null && Ends(table, overlap, before) == ends
            && table.Pick(before.Values, overlap.Rule.Per).SequenceEqual(key)
            ? null
            : new RangeFree(table, overlap.Rule, key, ends.From.Integer, ends.To.Integer, now, after.Id);
    }

    private static long Weight(RecordTable table, CapacityPlan capacity, Record record) =>
        capacity.Rule.Weight is { } column ? record.Values[table.Position(column)].Integer : 1;

    private static (RecordValue From, RecordValue To) Ends(RecordTable table, OverlapPlan overlap, Record record) =>
        (record.Values[table.Position(overlap.Rule.From)], record.Values[table.Position(overlap.Rule.To)]);
}
