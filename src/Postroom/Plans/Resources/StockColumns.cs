using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>Finds, in the resources that are referred to, the numbers that say how much there is.</summary>
internal static class StockColumns
{
    public static void Link(ResourcePlan resource, Action<string> fault)
    {
        foreach (var capacity in resource.Capacities)
        {
            if (capacity.Of?.Target is not { } target)
            {
                continue;
            }

            var path = RecordColumns.PathOf(capacity.Field!);
            var column = target.Resource!.Table.Columns.FirstOrDefault(column =>
                column.Type == RecordType.Integer && column.Path.SequenceEqual(path));
            if (column is null)
            {
                fault($"capacity.max: {capacity.Field} must be an integer in the schema of {target.Path}.");
                continue;
            }

            capacity.Column = column.Name;
        }
    }
}
