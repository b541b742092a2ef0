using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Hosting;

/// <summary>The tables that plans need.</summary>
internal static class RecordTables
{
    /// <summary>Sees that the store has them; the records in the way are named.</summary>
    public static async Task<IReadOnlyList<DeclarationFault>> PrepareAsync(
        IPostStore store, IReadOnlyList<EndpointPlan> plans, CancellationToken cancel)
    {
        RecordTable[] tables = [.. plans.Select(plan => plan.Resource?.Table).OfType<RecordTable>()];
        if (tables.Length == 0)
        {
            return [];
        }

        var faults = await store.PrepareAsync(tables, cancel);
        return [.. faults.Select(fault => Describe(plans, fault))];
    }

    private static DeclarationFault Describe(IReadOnlyList<EndpointPlan> plans, RecordTableFault fault)
    {
        var unique = plans.First(plan => plan.Path == fault.Endpoint).Resource!.Uniques
            .FirstOrDefault(rule => rule.Index.Name == fault.Index.Name);
        var fields = string.Join(", ", unique?.Pointers ?? fault.Index.Columns);
        return new DeclarationFault(fault.Endpoint, 0, 0, $"unique: records have the same {fields}: "
            + $"{string.Join(", ", fault.Offenders)}. Change or delete them first, or take the rule back.");
    }
}
