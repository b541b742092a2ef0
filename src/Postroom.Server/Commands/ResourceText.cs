using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage.Records;

namespace Postroom.Server.Commands;

/// <summary>What a plan has as a resource, for people: its table, and what holds between records.</summary>
internal static class ResourceText
{
    public static string Access(EndpointPlan plan)
    {
        var declared = plan.Declaration.Resource.Access;
        return $"create {declared.Create ?? "nobody"}, read {declared.Read ?? "nobody"}, "
            + $"list {declared.List ?? "nobody"}, update {declared.Update ?? "nobody"}, "
            + $"delete {declared.Delete ?? "nobody"}";
    }

    public static void Write(EndpointPlan plan, Action<string, string> line)
    {
        var (resource, table) = (plan.Resource!, plan.Resource!.Table);
        line("table", table.Name);
        line("columns", table.Columns.Count == 0
            ? "none"
            : string.Join(", ", table.Columns.Select(column => $"{column.Name} {Name(column)}")));
        foreach (var index in table.Indexes)
        {
            line(index.IsUnique ? "unique index" : "index", string.Join(" + ", index.Columns));
        }

        if (resource.Upsert is { } upsert)
        {
            line("upsert", string.Join(" + ", upsert.Pointers));
        }

        foreach (var reference in resource.References)
        {
            line("refers", $"{reference.Pointer} to {reference.To}, "
                + $"delete {reference.Delete.ToString().ToLowerInvariant()}");
        }

        if (resource.RequiresIfMatch)
        {
            line("require", "if-match");
        }
    }

    private static string Name(RecordColumn column) =>
        column.Type.ToString().ToLowerInvariant() + (column.IgnoresCase ? " (a for A)" : "");
}
