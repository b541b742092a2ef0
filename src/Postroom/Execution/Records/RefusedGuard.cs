using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>Says why a guard of a change did not hold.</summary>
internal static class RefusedGuard
{
    private const int CountMax = 1000;

    /// <summary>True for guards that a planned change has.</summary>
    public static bool IsOfRecords(Guard guard) => guard is ValuesFree or RecordThere or RecordAbsent
        or ReferencesAre or RecordHeld or SumBelow or StockBelow or RangeFree;

    /// <summary>The refusal; null when what was read has changed, so that it is to be planned anew.</summary>
    /// <param name="change">What was refused.</param>
    /// <param name="outcome">The guard and what it found.</param>
    /// <param name="caller">Who is told of it.</param>
    /// <param name="reader">A snapshot of now.</param>
    public static Fault? Explain(PlannedChange change, UnitOutcome outcome, Caller caller, IStoreReader reader) =>
        outcome.Guard switch
        {
            ValuesFree taken => Taken(change, taken, outcome.Facts, caller, reader),
            RecordThere { Version: null } there => NoTarget(change, there),
            ReferencesAre references when IsForbidden(change.Plan, references) => Referenced(references, reader),
            SumBelow sum => SoldOut(change, sum, outcome.Facts),
            StockBelow stock => SoldOut(change, stock.Sum, outcome.Facts),
            RangeFree range => Overlaps(change, range, outcome.Facts, caller, reader),
            _ => null,
        };

    private static Fault SoldOut(PlannedChange change, SumBelow sum, GuardFacts? facts)
    {
        var capacity = change.Plan.Resource!.Capacities.First(capacity => capacity.Rule.Name == sum.Rule.Name);
        return RecordFaults.SoldOut(capacity, facts?.Left ?? 0);
    }

    private static Fault Overlaps(
        PlannedChange change, RangeFree range, GuardFacts? facts, Caller caller, IStoreReader reader)
    {
        var overlap = change.Plan.Resource!.Overlaps.First(overlap => overlap.Rule.Name == range.Rule.Name);
        var other = facts is null ? null : reader.FindRecord(range.Table, facts.Record);
        return RecordFaults.Overlaps(
            overlap, other is null ? null : RecordFaults.Existing(change.Plan, caller, other));
    }

    private static Fault Taken(
        PlannedChange change, ValuesFree taken, GuardFacts? facts, Caller caller, IStoreReader reader)
    {
        var unique = change.Plan.Resource!.Uniques.First(rule => rule.Index.Name == taken.Index.Name);
        var rival = facts is null ? null : reader.FindRecord(taken.Table, facts.Record);
        return RecordFaults.Duplicate(
            unique, rival is null ? null : RecordFaults.Existing(change.Plan, caller, rival));
    }

    private static Fault? NoTarget(PlannedChange change, RecordThere there)
    {
        var table = change.Plan.Resource!.Table;
        var reference = change.Plan.Resource.References.FirstOrDefault(reference =>
            reference.Target.Resource!.Table.Name == there.Table.Name
            && (change.After!.Values[table.Position(reference.Column.Name)].Text == there.Id.ToString()
                || there.Id.IsEmpty && IsNoId(change, reference)));
        return reference is null ? null : RecordFaults.NoSuchTarget(reference);
    }

    private static bool IsNoId(PlannedChange change, ReferenceRule reference) =>
        change.After!.Values[change.Plan.Resource!.Table.Position(reference.Column.Name)].Text is { } text
        && (!EntryId.TryParse(text, out var id) || id.ToString() != text);

    /// <summary>True where references forbid the deletion; others go along, and some have come or gone.</summary>
    private static bool IsForbidden(EndpointPlan plan, ReferencesAre references)
    {
        var plans = new List<EndpointPlan> { plan };
        for (var index = 0; index < plans.Count; index++)
        {
            foreach (var rule in plans[index].Resource!.ReferredBy)
            {
                if (rule.From.Resource!.Table.Name == references.Table.Name
                    && rule.Column.Name == references.Column)
                {
                    return rule.Delete == ReferenceDelete.Restrict;
                }

                if (!plans.Contains(rule.From))
                {
                    plans.Add(rule.From);
                }
            }
        }

        return false;
    }

    private static Fault? Referenced(ReferencesAre references, IStoreReader reader)
    {
        var count = reader.ListReferences(references.Table, references.Column, references.Id, CountMax + 1).Count;
        return count == 0 ? null : RecordFaults.Referenced(references.Table.Endpoint, count, CountMax);
    }
}
