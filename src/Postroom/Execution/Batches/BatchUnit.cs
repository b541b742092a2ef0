using Postroom.Exchange.Records;
using Postroom.Execution.Records;
using Postroom.Faults;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Batches;

/// <summary>
/// The changes of several items as one unit. Its guards are judged before its first write, so what items ask of each
/// other (equal values, sums, ranges) is judged here, and what they ask together of the store becomes one guard.
/// </summary>
internal sealed class BatchUnit
{
    // What a unit holds beside the items': the key, the entry.
    private const int GuardsKept = 16;

    private readonly Dictionary<Guard, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<Guard> _guards = [];
    private readonly Dictionary<(string Rule, RecordKey Key), RecordSum> _sums = [];
    private readonly HashSet<(string Index, RecordKey Values)> _values = [];
    private readonly Dictionary<(string Rule, RecordKey Key), List<RangeFree>> _ranges = [];
    private readonly List<Write> _writes = [];

    /// <summary>The changes in the order in which they were added, with the index of the item of each.</summary>
    public List<(int Index, PlannedChange Change)> Changes { get; } = [];

    public IEnumerable<Guard> Guards => _guards.Concat(_sums.Values.Select(sum => sum.Guard));

    public IReadOnlyList<Write> Writes => _writes;

    /// <summary>Adds an item's change; false, and nothing added, when it has no room beside what is there.</summary>
    /// <param name="index">The item.</param>
    /// <param name="change">What it does.</param>
    /// <param name="fault">What is in its way among the items before it; null where only room is short.</param>
    public bool TryAdd(int index, PlannedChange change, out Fault? fault)
    {
        fault = change.Guards.Select(guard => Conflict(change.Plan.Resource!, guard)).FirstOrDefault(
            found => found is not null);
        if (fault is not null || _guards.Count + _sums.Count + change.Guards.Count + GuardsKept > UnitRules.GuardsMax)
        {
            return false;
        }

        foreach (var guard in change.Guards)
        {
            Add(index, guard);
        }

        _writes.AddRange(change.Writes);
        Changes.Add((index, change));
        return true;
    }

    /// <summary>The item whose guard did not hold, and the outcome as it would be for that item alone.</summary>
    public (int Index, UnitOutcome Outcome) Find(UnitOutcome outcome)
    {
        if (_places.TryGetValue(outcome.Guard!, out var index))
        {
            return (index, outcome);
        }

        var sum = _sums.Values.First(sum => ReferenceEquals(sum.Guard, outcome.Guard));
        var (item, left) = sum.FirstBeyond(outcome.Facts?.Left ?? 0);
        return (item, outcome with { Facts = new GuardFacts(default, left) });
    }

    private Fault? Conflict(ResourcePlan resource, Guard guard)
    {
        switch (guard)
        {
            case ValuesFree free when _values.Contains((free.Index.Name, new RecordKey(free.Values))):
                return RecordFaults.Duplicate(
                    resource.Uniques.First(unique => unique.Index.Name == free.Index.Name), existing: null);
            case RangeFree range when _ranges.TryGetValue(KeyOf(range), out var others)
                && others.Exists(other => Overlap(range, other)):
                return RecordFaults.Overlaps(
                    resource.Overlaps.First(overlap => overlap.Rule.Name == range.Rule.Name), existing: null);
            default:
                return null;
        }
    }

    private void Add(int index, Guard guard)
    {
        switch (guard)
        {
            case SumBelow sum:
                AddSum(index, sum, guard);
                return;
            case StockBelow stock:
                AddSum(index, stock.Sum, guard);
                return;
            case ValuesFree free:
                _values.Add((free.Index.Name, new RecordKey(free.Values)));
                break;
            case RangeFree range:
                if (!_ranges.TryGetValue(KeyOf(range), out var others))
                {
                    _ranges[KeyOf(range)] = others = [];
                }

                others.Add(range);
                break;
        }

        _guards.Add(guard);
        _places.Add(guard, index);
    }

    private void AddSum(int index, SumBelow sum, Guard guard)
    {
        var key = (sum.Rule.Name, new RecordKey(sum.Key));
        if (_sums.TryGetValue(key, out var known))
        {
            known.Add(index, sum.Add);
        }
        else
        {
            _sums[key] = new RecordSum(guard, index, sum.Add);
        }
    }

    private static (string Rule, RecordKey Key) KeyOf(RangeFree range) => (range.Rule.Name, new RecordKey(range.Key));

    private static bool Overlap(RangeFree left, RangeFree right) =>
        left.From - left.Rule.Buffer < right.To && right.From < left.To + left.Rule.Buffer;
}
