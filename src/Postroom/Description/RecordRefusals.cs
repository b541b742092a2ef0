using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using static Postroom.Faults.FaultCatalogue;

namespace Postroom.Description;

/// <summary>What a resource may refuse, beyond what every POST may.</summary>
internal static class RecordRefusals
{
    /// <summary>Of what changes something.</summary>
    public static IEnumerable<FaultKind> OfChange(EndpointPlan plan, PostAction action)
    {
        var resource = plan.Resource!;
        var kinds = PostRefusals.Of(plan, Rule(resource, action), action);
        return action switch
        {
            PostAction.Create when resource.Upsert is null => kinds.Concat(OfPlaces(resource)),
            PostAction.Batch => kinds.Concat([Conflict, .. OfPlaces(resource)]),
            PostAction.Create => kinds.Concat([Conflict, PreconditionFailed, .. OfPlaces(resource)]),
            PostAction.Delete when resource.ReferredBy.Count > 0 => kinds.Concat([Referenced, .. OfVersions(resource)]),
            // Who may only create is told so where there is a record already.
            PostAction.Replace when resource.Access.Of(RecordAction.Update) is null =>
                kinds.Concat([Forbidden, .. OfHeld(resource), .. OfVersions(resource)]),
            PostAction.Delete => kinds.Concat(OfVersions(resource)),
            _ => kinds.Concat([.. OfHeld(resource), .. OfVersions(resource)]),
        };
    }

    /// <summary>Of what reads.</summary>
    public static IEnumerable<FaultKind> OfReading(EndpointPlan plan, RecordAction action)
    {
        IEnumerable<FaultKind> kinds =
        [
            .. PostRefusals.OfEveryMethod(plan), QueryInvalid,
            .. PostRefusals.Authorization(plan.Resource!.Access.Of(action)!),
        ];
        return action == RecordAction.Read ? kinds.Concat([NotFound, PreconditionFailed]) : kinds;
    }

    /// <summary>Of what follows changes, for which one must be allowed to list and to read.</summary>
    public static IEnumerable<FaultKind> OfFollowing(EndpointPlan plan) => OfReading(plan, RecordAction.List)
        .Concat(PostRefusals.Authorization(plan.Resource!.Access.Of(RecordAction.Read)!))
        .Concat([StreamsExceeded, Overloaded])
        .Distinct();

    /// <summary>
    /// Who may: a PUT changes what is there and creates what is not, and who may only one of both still may send it.
    /// </summary>
    private static AccessRule Rule(ResourcePlan resource, PostAction action)
    {
        AccessRule?[] rules = action switch
        {
            PostAction.Create or PostAction.Batch => [resource.Access.Of(RecordAction.Create)],
            PostAction.Delete => [resource.Access.Of(RecordAction.Delete)],
            PostAction.Update or PostAction.Confirm => [resource.Access.Of(RecordAction.Update)],
            _ => [resource.Access.Of(RecordAction.Update), resource.Access.Of(RecordAction.Create)],
        };
        AccessRule[] known = [.. rules.OfType<AccessRule>()];
        return Array.Find(known, rule => !rule.IsPublic) ?? known[0];
    }

    /// <summary>What there is not enough of, or what somebody else has.</summary>
    private static IEnumerable<FaultKind> OfPlaces(ResourcePlan resource)
    {
        if (resource.Capacities.Count > 0)
        {
            yield return SoldOut;
        }

        if (resource.Overlaps.Count > 0)
        {
            yield return Overlap;
        }
    }

    private static IEnumerable<FaultKind> OfHeld(ResourcePlan resource) =>
        resource.Hold is null ? OfPlaces(resource) : [HoldEnded, .. OfPlaces(resource)];

    private static FaultKind[] OfVersions(ResourcePlan resource) => resource.RequiresIfMatch
        ? [NotFound, Conflict, PreconditionFailed, PreconditionRequired]
        : [NotFound, Conflict, PreconditionFailed];
}
