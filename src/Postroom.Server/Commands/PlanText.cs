using System.Globalization;
using Postroom.Plans;

namespace Postroom.Server.Commands;

/// <summary>A plan for people: what will be judged, by which limits, in which order.</summary>
internal static class PlanText
{
    public static void Write(TextWriter output, EndpointPlan plan)
    {
        var declaration = plan.Declaration;
        var limits = declaration.Limits;
        output.WriteLine();
        output.WriteLine($"{plan.Path} ({declaration.Kind.ToString().ToLowerInvariant()})");
        Line(output, "stages", "receiving, parsing, authorization, idempotency, validation, execution, responding");
        Line(output, "access", plan.Resource is null ? declaration.Access : ResourceText.Access(plan));
        Line(output, "origins", plan.Origins.Count == 0
            ? "pages of this machine (development)"
            : string.Join(", ", plan.Origins.Order(StringComparer.Ordinal)));
        Line(output, "formats", string.Join(", ", declaration.Formats));
        Line(output, "limits", string.Create(CultureInfo.InvariantCulture,
            $"body {limits.Body} bytes, decoded {limits.DecodedBody ?? limits.Body} bytes, ratio {limits.Ratio}, "
            + $"fields {limits.Fields}, name {limits.Name} bytes, value {limits.Value} bytes, "
            + $"depth {limits.Depth}, index {limits.Index}, parts {limits.Parts}"));
        Line(output, "time", string.Create(CultureInfo.InvariantCulture,
            $"{limits.BodyTime} for the body, minimum rate ")
            + (limits.MinimumRate is { } rate
                ? string.Create(CultureInfo.InvariantCulture, $"{rate} bytes a second after {limits.MinimumRateGrace}")
                : "off"));
        Line(output, "files", plan.Files is { } files
            ? string.Create(CultureInfo.InvariantCulture, $"{limits.Files} of {limits.File} bytes, ")
                + (files.Types.Count == 0 ? "nothing that is executed" : string.Join(", ", files.Types))
            : "none");
        Line(output, "rate", Bound(limits.Rate, "a minute"));
        Line(output, "keys", Bound(limits.Keys, "an hour"));
        Line(output, "idempotency", string.Create(CultureInfo.InvariantCulture,
            $"key {declaration.Idempotency.Mode.ToString().ToLowerInvariant()}, kept {declaration.Idempotency.Keep}, "
            + $"same content {plan.SameContent}"));
        if (declaration.Unique.Count > 0)
        {
            Line(output, "unique", string.Join(", ",
                declaration.Unique.Select(rule => string.Join(" + ", rule.Fields.Select(field => field.Pointer)))));
        }

        if (declaration.Quota is { } quota)
        {
            Line(output, "quota", string.Create(CultureInfo.InvariantCulture,
                $"{quota.Max} {(quota.Period is { } period ? $"in each {period}" : "in all")}"));
        }

        Line(output, "fields", plan.Schema.Root.Properties.Count == 0
            ? "any"
            : string.Join(", ", plan.Schema.Root.Properties
                .Select(property => property.Name + (property.Required ? "*" : ""))));
        if (plan.Resource is not null)
        {
            ResourceText.Write(plan, (name, text) => Line(output, name, text));
            return;
        }

        Line(output, "created", declaration.Respond.Created);
        Line(output, "redirect", declaration.Redirect ?? "a receipt");
    }

    private static void Line(TextWriter output, string name, string text) => output.WriteLine($"  {name,-12} {text}");

    private static string Bound(int? limit, string period) =>
        limit is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} {period} for each client") : "off";
}
