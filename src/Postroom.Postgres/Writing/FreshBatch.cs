using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>
/// What units write that is simply new, which is what nearly every POST is: entries, with the jobs that follow from
/// them and the keys, secrets and values that they are the first to take. That each is new is assumed, not asked: the
/// unique indexes refuse the whole batch otherwise.
/// </summary>
internal sealed class FreshBatch
{
    private readonly long _now;

    private FreshBatch(int count, long now) => (Entries, _now) = (new List<Entry>(count), now);

    public List<Entry> Entries { get; }

    /// <summary>In the order in which they are numbered.</summary>
    public List<MemoryJob> Jobs { get; } = [];

    public List<UseToken> Tokens { get; } = [];

    public List<ClaimValue> Values { get; } = [];

    /// <summary>Null when a unit asks for anything besides, or rests on what it does not take itself.</summary>
    /// <param name="units">The units in order.</param>
    /// <param name="now">The time of the jobs' last change, in Unix milliseconds.</param>
    public static FreshBatch? Of(IReadOnlyList<UnitWork> units, long now)
    {
        var batch = new FreshBatch(units.Count, now);
        for (var i = 0; i < units.Count; i++)
        {
            if (!batch.TryAdd(units[i].Unit))
            {
                return null;
            }
        }

        return batch;
    }

    private bool TryAdd(PostUnit unit)
    {
        for (var i = 0; i < unit.Guards.Count; i++)
        {
            if (!IsTaken(unit.Guards[i], unit.Writes))
            {
                return false;
            }
        }

        for (var i = 0; i < unit.Writes.Count; i++)
        {
            if (!TryAdd(unit.Writes[i], unit.Writes))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the unit takes what the guard wants free, so that an index judges the guard.</summary>
    private static bool IsTaken(Guard guard, IReadOnlyList<Write> writes)
    {
        for (var i = 0; i < writes.Count; i++)
        {
            var takes = (guard, writes[i]) switch
            {
                (KeyFree free, InsertEntry { Entry: var entry }) => entry.Key == free.Key && !free.Key.IsEmpty,
                (TokenUnused unused, UseToken use) => use.Token == unused.Token,
                (ValueFree free, ClaimValue claim) => claim.Guard == free,
                _ => false,
            };
            if (takes)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryAdd(Write write, IReadOnlyList<Write> writes)
    {
        switch (write)
        {
            case InsertEntry insert:
                Entries.Add(insert.Entry);
                return true;
            case InsertJob job:
                Jobs.Add(new MemoryJob(
                    new Job(0, job.Entry, job.Name, JobState.Ready, 0, job.RunAt, 0, 0, null), _now));
                return true;
            case UseToken use:
                Tokens.Add(use);
                return true;
            case ClaimValue claim when IsStored(claim, writes):
                Values.Add(claim);
                return true;
            default:
                return false;
        }
    }

    /// <summary>True when the unit inserts the entry before, as stored: else the claim may have no effect.</summary>
    private static bool IsStored(ClaimValue claim, IReadOnlyList<Write> writes)
    {
        for (var i = 0; i < writes.Count && !ReferenceEquals(writes[i], claim); i++)
        {
            if (writes[i] is InsertEntry { Entry: { State: EntryState.Stored } entry } && entry.Id == claim.Entry)
            {
                return true;
            }
        }

        return false;
    }
}
