using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>What one follower is told: what he may both list and read.</summary>
internal sealed class ChangeAudience
{
    private readonly EndpointPlan _plan;
    private readonly Caller _caller;
    private readonly string? _owner;
    private readonly bool _seesAll;

    private ChangeAudience(EndpointPlan plan, Caller caller, AccessVerdict list, AccessVerdict read)
    {
        _plan = plan;
        _caller = caller;
        _owner = list.Owner;
        _seesAll = list.Owner is null && read.Owner is null;
    }

    public static Fault? Judge(EndpointPlan plan, Caller caller, out ChangeAudience audience)
    {
        var list = AccessPolicy.Judge(plan, RecordAction.List, caller);
        var read = AccessPolicy.Judge(plan, RecordAction.Read, caller);
        audience = new ChangeAudience(plan, caller, list, read);
        return list.Fault ?? read.Fault;
    }

    /// <summary>
    /// Of a record that is gone nobody knows any more whose it was: only who may see all hears of it.
    /// </summary>
    /// <param name="kind">What happened.</param>
    /// <param name="record">The record as it is now; null when it is gone.</param>
    public bool Hears(RecordChangeKind kind, Record? record) => _seesAll
        || (kind != RecordChangeKind.Deleted && record is not null
            && (_owner is null || _owner == record.Owner) && AccessPolicy.MayRead(_plan, _caller, record));
}
