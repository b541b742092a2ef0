using System.Collections.Immutable;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>
/// Everything in the store at one moment. A change makes a new one, so that a reader's view never moves.
/// </summary>
internal sealed record MemoryState
{
    private static readonly Comparer<Entry> s_byRow =
        Comparer<Entry>.Create(static (left, right) => left.Id.Row.CompareTo(right.Id.Row));

    public static MemoryState Empty { get; } = new();

    /// <summary>In the order of their rows, deleted ones whose key is kept among them.</summary>
    public ImmutableSortedSet<Entry> Entries { get; init; } = ImmutableSortedSet.Create<Entry>(s_byRow);

    /// <summary>The row of the entry that was committed last with each key.</summary>
    public ImmutableDictionary<KeyHash, long> Keys { get; init; } = ImmutableDictionary<KeyHash, long>.Empty;

    public ImmutableSortedDictionary<long, MemoryJob> Jobs { get; init; } =
        ImmutableSortedDictionary<long, MemoryJob>.Empty;

    /// <summary>Each consumed token and when it would have expired.</summary>
    public ImmutableDictionary<KeyHash, long> Tokens { get; init; } = ImmutableDictionary<KeyHash, long>.Empty;

    /// <summary>The entry that holds each value.</summary>
    public ImmutableDictionary<ValueFree, EntryId> Claims { get; init; } =
        ImmutableDictionary<ValueFree, EntryId>.Empty;

    /// <summary>How many entries were counted in each period.</summary>
    public ImmutableDictionary<CountEntry, long> Counts { get; init; } = ImmutableDictionary<CountEntry, long>.Empty;

    /// <summary>The records of each resource, by its path, in the order of their ids.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<EntryId, Record>> Records { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<EntryId, Record>>.Empty;

    /// <summary>Every upload, by its id, whose order is that in which they were begun.</summary>
    public ImmutableSortedDictionary<EntryId, Upload> Uploads { get; init; } =
        ImmutableSortedDictionary<EntryId, Upload>.Empty;

    /// <summary>What uploads take, by endpoint and caller; all callers together under an empty name.</summary>
    public ImmutableDictionary<(string Endpoint, string Caller), UploadUsage> Usage { get; init; } =
        ImmutableDictionary<(string Endpoint, string Caller), UploadUsage>.Empty;

    /// <summary>The tables as they were prepared last, by the path of their resource.</summary>
    public ImmutableDictionary<string, RecordTable> Tables { get; init; } =
        ImmutableDictionary<string, RecordTable>.Empty;

    /// <summary>What records weigh that are not in the state; null where all are in it.</summary>
    public MemoryTotals? Totals { get; init; }

    /// <summary>The changes of each resource that keeps them, by its path, oldest first.</summary>
    public ImmutableDictionary<string, ImmutableList<RecordChange>> Changes { get; init; } =
        ImmutableDictionary<string, ImmutableList<RecordChange>>.Empty;

    public long LastJob { get; init; }

    public ImmutableSortedDictionary<EntryId, Record> RecordsOf(RecordTable table) =>
        Records.GetValueOrDefault(table.Endpoint) ?? ImmutableSortedDictionary<EntryId, Record>.Empty;

    /// <summary>The table as it is kept now, whatever shape a unit was made with.</summary>
    public RecordTable Known(RecordTable table) => Tables.GetValueOrDefault(table.Endpoint) ?? table;

    public Record? FindRecord(RecordTable table, EntryId id) => RecordsOf(table).GetValueOrDefault(id);

    /// <summary>The records whose column holds that id.</summary>
    public IEnumerable<Record> ReferencesTo(RecordTable table, string column, EntryId id)
    {
        var position = Known(table).Position(column);
        var text = RecordValue.Of(id.ToString());
        return RecordsOf(table).Values.Where(record => record.Values[position] == text);
    }

    public MemoryState With(RecordTable table, ImmutableSortedDictionary<EntryId, Record> records) =>
        this with { Records = Records.SetItem(table.Endpoint, records) };

    /// <summary>Keeps a change where the table wants that.</summary>
    public MemoryState Changed(RecordTable table, Record record, RecordChangeKind kind, long at)
    {
        if (!Known(table).HasChanges)
        {
            return this;
        }

        var known = Changes.GetValueOrDefault(table.Endpoint) ?? [];
        var sequence = known.IsEmpty ? 1 : known[^1].Sequence + 1;
        var change = new RecordChange(sequence, record.Id, record.Version, kind, at);
        return this with { Changes = Changes.SetItem(table.Endpoint, known.Add(change)) };
    }

    /// <summary>The entry with that row, deleted or not.</summary>
    public Entry? FindRow(long row) => Entries.TryGetValue(Probe(row), out var entry) ? entry : null;

    /// <summary>The entry with that id unless it was deleted.</summary>
    public Entry? Find(EntryId id) =>
        FindRow(id.Row) is { } entry && entry.Id == id && entry.State != EntryState.Deleted ? entry : null;

    /// <summary>Where entries after that row begin in <see cref="Entries"/>.</summary>
    public int IndexAfter(long row)
    {
        var index = Entries.IndexOf(Probe(row));
        return index < 0 ? ~index : index + 1;
    }

    /// <summary>Where entries before that row end in <see cref="Entries"/>: the index of the last one, or -1.</summary>
    public int IndexBefore(long row)
    {
        var index = Entries.IndexOf(Probe(row));
        return (index < 0 ? ~index : index) - 1;
    }

    public KeyMatch? FindKey(KeyHash key, long now)
    {
        if (!Keys.TryGetValue(key, out var row) || FindRow(row) is not { } entry
            || entry.Key != key || entry.ExpiresAt <= now)
        {
            return null;
        }

        return entry.Answer is null && entry.State != EntryState.Deleted
            ? null
            : new KeyMatch(
                entry.Id, entry.Fingerprint, entry.ReceivedAt, entry.ExpiresAt, entry.State, entry.Answer);
    }

    public bool HasOpenJobs(EntryId entry) =>
        Jobs.Values.Any(job => job.Job.Entry == entry && job.Job.State != JobState.Done);

    public MemoryState With(Entry entry) => this with { Entries = Entries.Remove(entry).Add(entry) };

    public UploadUsage UsageOf(string endpoint, string? caller) =>
        Usage.GetValueOrDefault((endpoint, caller ?? ""));

    /// <summary>Puts an upload in the place of what was there, and counts the difference.</summary>
    public MemoryState With(Upload upload) =>
        (Uploads.TryGetValue(upload.Id, out var was) ? Counted(was, -1) : this)
            .Counted(upload, 1) with { Uploads = Uploads.SetItem(upload.Id, upload) };

    public MemoryState WithoutUpload(EntryId id) => Uploads.TryGetValue(id, out var was)
        ? Counted(was, -1) with { Uploads = Uploads.Remove(id) }
        : this;

    private MemoryState Counted(Upload upload, int sign)
    {
        var open = upload.State == UploadState.Open ? sign : 0;
        var usage = Usage;
        foreach (var caller in new[] { upload.Caller, "" })
        {
            var was = usage.GetValueOrDefault((upload.Endpoint, caller));
            usage = usage.SetItem(
                (upload.Endpoint, caller), new UploadUsage(was.Bytes + (sign * upload.Bytes), was.Open + open));
        }

        return this with { Usage = usage };
    }

    private static Entry Probe(long row) => new()
    {
        Id = EntryId.FromRow(row, 0),
        Endpoint = string.Empty,
        ReceivedAt = 0,
        Document = default,
    };
}
