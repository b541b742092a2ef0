using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Plans.Resources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Execution.Records;

/// <summary>
/// What a deletion takes with it: records that refer to the one that goes, as their schemas say, and those that refer
/// to them in turn. How many there are is a guard, so that none is left behind that came meanwhile.
/// </summary>
internal sealed class DeletionPlanner(IStoreReader reader, long at)
{
    /// <summary>Records that go or change with one; a unit is bounded, and so is the wait of everybody else.</summary>
    public const int FollowMax = 1000;

    private readonly List<Guard> _guards = [];
    private readonly List<Write> _writes = [];
    private readonly HashSet<(string, EntryId)> _gone = [];
    private readonly Dictionary<(string, EntryId), Record> _changed = [];

    public ChangeVerdict Plan(EndpointPlan plan, Record record)
    {
        if (!Add(plan, record))
        {
            return RecordFaults.TooManyFollow(FollowMax);
        }

        return new PlannedChange(plan, record, null, _guards, [.. _writes, .. Changes()]);
    }

    /// <summary>False when too much would follow.</summary>
    private bool Add(EndpointPlan plan, Record record)
    {
        var table = plan.Resource!.Table;
        if (!_gone.Add((table.Name, record.Id)))
        {
            return true;
        }

        _guards.Add(new RecordThere(table, record.Id, record.Version));
        foreach (var reference in plan.Resource.ReferredBy)
        {
            if (!Follow(reference, record.Id))
            {
                return false;
            }
        }

        _writes.Add(new DeleteRecord(table, record.Id));
        return _gone.Count + _changed.Count <= FollowMax + 1;
    }

    private bool Follow(ReferenceRule reference, EntryId id)
    {
        var table = reference.From.Resource!.Table;
        if (reference.Delete == ReferenceDelete.Restrict)
        {
            _guards.Add(new ReferencesAre(table, reference.Column.Name, id, 0));
            return true;
        }

        var referring = reader.ListReferences(table, reference.Column.Name, id, FollowMax + 1);
        _guards.Add(new ReferencesAre(table, reference.Column.Name, id, referring.Count));
        return referring.Count <= FollowMax && referring.All(record => reference.Delete == ReferenceDelete.Cascade
            ? Add(reference.From, record)
            : Clear(reference, record));
    }

    /// <summary>A record may refer to what goes by several fields.</summary>
    private bool Clear(ReferenceRule reference, Record record)
    {
        var table = reference.From.Resource!.Table;
        var key = (table.Name, record.Id);
        if (!_changed.TryGetValue(key, out var changed))
        {
            _guards.Add(new RecordThere(table, record.Id, record.Version));
            changed = record with { Version = record.Version + 1, UpdatedAt = Math.Max(at, record.UpdatedAt) };
        }

        _changed[key] = changed with
        {
            Document = MemberPath.SetNull(changed.Document, reference.Path),
        };
        _tables[table.Name] = table;
        return _gone.Count + _changed.Count <= FollowMax + 1;
    }

    private readonly Dictionary<string, RecordTable> _tables = [];

    private IEnumerable<Write> Changes() =>
        from pair in _changed
        where !_gone.Contains(pair.Key)
        let table = _tables[pair.Key.Item1]
        select new ReplaceRecord(table, pair.Value with { Values = table.Read(pair.Value.Document.Span) });
}
