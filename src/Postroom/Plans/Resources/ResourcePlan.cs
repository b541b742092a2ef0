using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>What a plan has when its endpoint is a resource.</summary>
internal sealed class ResourcePlan
{
    /// <summary>Its records, as the store keeps them.</summary>
    public required RecordTable Table { get; init; }

    public required AccessRules Access { get; init; }

    public required RecordShape Shape { get; init; }

    /// <summary>What lists can be filtered and sorted by.</summary>
    public required QueryFields Queries { get; init; }

    /// <summary>What no two records share.</summary>
    public required IReadOnlyList<UniqueIndex> Uniques { get; init; }

    /// <summary>The one by which a POST updates; null when it never does.</summary>
    public UniqueIndex? Upsert { get; init; }

    /// <summary>The fields that refer to records.</summary>
    public required IReadOnlyList<ReferenceRule> References { get; init; }

    /// <summary>
    /// The fields, of any resource, that refer to records of this one; known once all plans are linked.
    /// </summary>
    public IReadOnlyList<ReferenceRule> ReferredBy { get; private set; } = [];

    public bool RequiresIfMatch { get; init; }

    /// <summary>What the records of one key may weigh together.</summary>
    public IReadOnlyList<CapacityPlan> Capacities { get; init; } = [];

    /// <summary>Which ranges may not overlap.</summary>
    public IReadOnlyList<OverlapPlan> Overlaps { get; init; } = [];

    /// <summary>How long a new record counts before it is confirmed; null for good.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>Lets the plans of one declaration know each other, before any of them is in force.</summary>
    public static void Link(IReadOnlyList<EndpointPlan> plans, Action<EndpointPlan, ReferenceRule> lacks)
    {
        var referring = new List<ReferenceRule>();
        foreach (var plan in plans.Where(plan => plan.Resource is not null))
        {
            foreach (var reference in plan.Resource!.References)
            {
                var target = plans.FirstOrDefault(other => other.Resource is not null
                    && string.Equals(other.Path, reference.To, StringComparison.OrdinalIgnoreCase));
                if (target is null)
                {
                    lacks(plan, reference);
                    continue;
                }

                reference.From = plan;
                reference.Target = target;
                referring.Add(reference);
            }
        }

        foreach (var plan in plans.Where(plan => plan.Resource is not null))
        {
            plan.Resource!.ReferredBy = [.. referring.Where(reference => reference.Target == plan)];
        }
    }
}
