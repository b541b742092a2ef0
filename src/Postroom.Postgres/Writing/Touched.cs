using Postroom.Postgres.Records;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>Everything that the units of a batch look at or change, before anything is known of it.</summary>
internal sealed class Touched
{
    /// <summary>The keys, each with the place that the first entry under it would have.</summary>
    public Dictionary<KeyHash, KeyPlace> Keys { get; } = [];

    /// <summary>Rows of entries that are there before the batch.</summary>
    public HashSet<long> Entries { get; } = [];

    /// <summary>Rows of entries that may go or stop being stored: their jobs and values are needed as well.</summary>
    public HashSet<long> Moved { get; } = [];

    public HashSet<long> Jobs { get; } = [];

    /// <summary>The secrets, each with the time until which the first use would be kept.</summary>
    public Dictionary<KeyHash, long> Tokens { get; } = [];

    /// <summary>The values, each with the entry that would hold it first.</summary>
    public Dictionary<ValueFree, EntryId> Values { get; } = [];

    public HashSet<CountEntry> Counts { get; } = [];

    /// <summary>Uploads that are there before the batch.</summary>
    public HashSet<EntryId> Uploads { get; } = [];

    /// <summary>Endpoints and callers whose uploads are counted; an empty name for all callers together.</summary>
    public HashSet<(string Endpoint, string Caller)> Usage { get; } = [];

    /// <summary>What is touched of records, by the path of their resource.</summary>
    public Dictionary<string, RecordTouch> Records { get; } = [];

    private readonly HashSet<long> _inserted = [];

    /// <param name="units">The units in order.</param>
    /// <param name="careful">
    /// Whether rows of new entries are looked up too. They are fresh, so that only a batch which met one that is taken
    /// asks.
    /// </param>
    public static Touched By(IReadOnlyList<PostUnit> units, bool careful)
    {
        var touched = new Touched();
        foreach (var unit in units)
        {
            foreach (var write in unit.Writes)
            {
                touched.Add(write, careful);
            }

            foreach (var guard in unit.Guards)
            {
                touched.Add(guard);
            }
        }

        return touched;
    }

    private void Add(Write write, bool careful)
    {
        switch (write)
        {
            case InsertEntry { Entry: var entry }:
                Add(entry, careful);
                break;
            case SetEntryState set:
                Move(set.Id.Row);
                break;
            case DeleteEntry delete:
                Move(delete.Id.Row);
                break;
            case SettleJob settle:
                Jobs.Add(settle.Job);
                break;
            case UseToken use:
                Tokens[use.Token] = use.ExpiresAt;
                break;
            case ClaimValue claim:
                Values.TryAdd(claim.Guard, claim.Entry);
                Know(claim.Entry.Row);
                break;
            case CountEntry count:
                Counts.Add(count);
                break;
            case InsertUpload { Upload: var upload }:
                Use(upload.Endpoint, upload.Caller);
                break;
            case SetUpload { Upload: var upload }:
                Uploads.Add(upload.Id);
                if (upload.State != UploadState.Open)
                {
                    Use(upload.Endpoint, upload.Caller);
                }

                break;
            case DeleteUpload delete:
                Uploads.Add(delete.Id);
                break;
            default:
                RecordTouch.Add(Records, write, careful);
                break;
        }
    }

    private void Add(Entry entry, bool careful)
    {
        if (!entry.Key.IsEmpty)
        {
            Keys.TryAdd(entry.Key, new KeyPlace(entry.Id.Row, entry.ExpiresAt));
        }

        if (careful)
        {
            Entries.Add(entry.Id.Row);
        }

        _inserted.Add(entry.Id.Row);
    }

    private void Add(Guard guard)
    {
        switch (guard)
        {
            case KeyFree free:
                Keys.TryAdd(free.Key, default);
                break;
            case EntryInState expected:
                Know(expected.Id.Row);
                break;
            case JobLeased leased:
                Jobs.Add(leased.Job);
                break;
            case TokenUnused unused:
                Tokens.TryAdd(unused.Token, 0);
                break;
            case ValueFree value:
                Values.TryAdd(value, default);
                break;
            case CountBelow below:
                Counts.Add(new CountEntry(below.Endpoint, below.Period, below.Start));
                break;
            case UploadHeld held:
                Uploads.Add(held.Id);
                break;
            case UploadRoom room:
                Usage.Add((room.Endpoint, room.Caller ?? ""));
                break;
            default:
                RecordTouch.Add(Records, guard);
                break;
        }
    }

    // Whoever changes what others count takes the sums first, in one order with everybody else.
    private void Use(string endpoint, string caller)
    {
        Usage.Add((endpoint, ""));
        Usage.Add((endpoint, caller));
    }

    private void Know(long row)
    {
        if (!_inserted.Contains(row))
        {
            Entries.Add(row);
        }
    }

    private void Move(long row)
    {
        Know(row);
        Moved.Add(row);
    }
}
