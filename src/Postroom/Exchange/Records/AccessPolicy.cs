using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage.Records;

namespace Postroom.Exchange.Records;

/// <summary>
/// The one place where it is decided who may do what with records: every way to a record asks here, once for the
/// action and, where there is one, for the record.
/// </summary>
internal static class AccessPolicy
{
    /// <param name="plan">A resource.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="caller">Who wants to.</param>
    /// <param name="record">
    /// The record as it is stored; null when it is not known yet, or when many are meant: then a rule that depends on
    /// the record gives a filter.
    /// </param>
    public static AccessVerdict Judge(EndpointPlan plan, RecordAction action, Caller caller, Record? record = null)
    {
        var rule = plan.Resource!.Access.Of(action);
        if (rule is null)
        {
            return AccessVerdict.Deny(NobodyMay(action));
        }

        if (rule.IsPublic)
        {
            return AccessVerdict.Allow;
        }

        if (caller.IsAnonymous)
        {
            return AccessVerdict.Deny(AccessFaults.SignIn("this takes requests from known callers only"));
        }

        if (!rule.Admits(caller.Principal))
        {
            return AccessVerdict.Deny(AccessFaults.Forbidden("to do this. Ask whoever runs it"));
        }

        if (!rule.IsOwner)
        {
            return AccessVerdict.Allow;
        }

        return record is null ? AccessVerdict.Filter(caller.Name)
            : record.Owner == caller.Name ? AccessVerdict.Allow
            : AccessVerdict.Deny(OfAnother(plan, action, caller, record));
    }

    /// <summary>True when the caller may see that record: what is said of it elsewhere asks this.</summary>
    public static bool MayRead(EndpointPlan plan, Caller caller, Record record) =>
        !Judge(plan, RecordAction.Read, caller, record).IsDenied;

    /// <summary>A record that the caller may not read does not exist for him, whatever he wants of it.</summary>
    private static Fault OfAnother(EndpointPlan plan, RecordAction action, Caller caller, Record record) =>
        action == RecordAction.Read || !MayRead(plan, caller, record)
            ? RecordFaults.NotFound
            : AccessFaults.Forbidden("to change what somebody else has created");

    private static Fault NobodyMay(RecordAction action) => new(FaultCatalogue.Forbidden,
        $"Nobody may do this here: the declaration has no rule `access.{AccessRules.Name(action)}`.");
}
