using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Server.Exporting;
using Postroom.Sqlite;

namespace Postroom.Server.Commands;

/// <summary>Finds the records that a changed schema would not take any more. It changes nothing.</summary>
internal static class RecordCheck
{
    private const int ShownMax = 100;
    private const int FaultsMax = 5;

    /// <summary>How many there are; the first ones of each resource are listed.</summary>
    public static long Run(string data, IReadOnlyList<EndpointPlan> plans, TextWriter output)
    {
        using var store = ReadOnlyStore.Open(data);
        return plans.Where(plan => plan.Resource is not null).Sum(plan => Run(store, plan, output));
    }

    private static long Run(SqliteStoreView store, EndpointPlan plan, TextWriter output)
    {
        if (store.Tables.FirstOrDefault(table => table.Endpoint == plan.Path) is not { } table)
        {
            output.WriteLine($"{plan.Path}: no records yet.");
            return 0;
        }

        var (all, unfit) = (0L, 0L);
        foreach (var record in RecordPages.Read(store, table))
        {
            all++;
            var faults = new SchemaFaults();
            if (plan.Schema.Walk(record.Document.Span, faults, plan.Declaration.Limits.Depth) != JsonVerdict.Valid
                && ++unfit <= ShownMax)
            {
                output.WriteLine($"{plan.Path}/{record.Id}: " + string.Join("; ", Enumerable
                    .Range(0, Math.Min(faults.Count, FaultsMax))
                    .Select(index => $"{faults[index].Pointer} {faults[index].Message}")));
            }
        }

        output.WriteLine(unfit == 0
            ? $"{plan.Path}: all of {all} records fit."
            : $"{plan.Path}: {unfit} of {all} records do not fit.");
        return unfit;
    }
}
