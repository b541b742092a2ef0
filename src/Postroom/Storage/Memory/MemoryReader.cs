using System.Text;
using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>A view of one state.</summary>
internal sealed class MemoryReader(MemoryState state) : IStoreReader
{
    public Entry? FindEntry(EntryId id) => state.Find(id);

    public Record? FindRecord(RecordTable table, EntryId id) =>
        state.FindRecord(table, id) is { } record ? Bare(record) : null;

    public RecordPage ListRecords(RecordList list)
    {
        var records = state.RecordsOf(list.Table).Values.Where(record =>
            (list.Owner is null || list.Owner == record.Owner)
            && (list.After is not { } after || (list.OldestFirst ? record.Id > after : record.Id < after)));
        var page = (list.OldestFirst ? records : records.Reverse()).Take(list.Limit + 1).Select(Bare).ToList();
        return page.Count > list.Limit
            ? new RecordPage(page[..list.Limit], page[list.Limit - 1].Id)
            : new RecordPage(page, null);
    }

    public RecordQueryPage QueryRecords(RecordQuery query) => MemoryQueries.Run(state, query);

    public long? CountRecords(RecordQuery query, int evaluatedMax) => MemoryQueries.Count(state, query);

    public long CountRecords(RecordTable table) => state.RecordsOf(table).Count;

    public IReadOnlyList<Record> ListReferences(RecordTable table, string column, EntryId id, int max) =>
        [.. state.ReferencesTo(table, column, id).Take(max).Select(Bare)];

    public RecordChangePage ListChanges(RecordTable table, long after, int max)
    {
        var kept = state.Changes.GetValueOrDefault(table.Endpoint) ?? [];
        List<RecordChange> page = [.. kept.Where(change => change.Sequence > after).Take(max)];
        return new RecordChangePage(
            page,
            page.Count == 0 ? after : page[^1].Sequence,
            kept.IsEmpty || kept[0].Sequence <= after + 1);
    }

    public long LastChange(RecordTable table) =>
        state.Changes.GetValueOrDefault(table.Endpoint) is { IsEmpty: false } kept ? kept[^1].Sequence : 0;

    public EntryPage ListEntries(EntryQuery query)
    {
        EntryQueryRules.Check(query);
        var text = query.Text is null ? [] : Encoding.UTF8.GetBytes(query.Text);
        var found = new List<Entry>();
        var scanned = 0;
        EntryId last = default;
        for (var index = First(query); index >= 0 && index < state.Entries.Count; index += query.OldestFirst ? 1 : -1)
        {
            if (scanned++ == query.ScanMax)
            {
                return new EntryPage(found, last);
            }

            var entry = state.Entries[index];
            if (IsAskedFor(entry, query, text))
            {
                if (found.Count == query.Limit)
                {
                    return new EntryPage(found, found[^1].Id);
                }

                found.Add(entry.BodyType is null
                    ? entry
                    : entry with { Body = default, BodyType = null, BodyGaps = [] });
            }

            last = entry.Id;
        }

        return new EntryPage(found, null);
    }

    public IReadOnlyList<EntryCount> CountEntries() =>
    [
        .. state.Entries
            .Where(entry => entry.State != EntryState.Deleted)
            .GroupBy(entry => (entry.Endpoint, entry.State))
            .OrderBy(group => group.Key.Endpoint, StringComparer.Ordinal)
            .ThenBy(group => group.Key.State)
            .Select(group => new EntryCount(group.Key.Endpoint, group.Key.State, group.LongCount())),
    ];

    public long CountOf(string endpoint, long period, long start) =>
        state.Counts.GetValueOrDefault(new CountEntry(endpoint, period, start));

    public IReadOnlyList<Job> ListJobs(EntryId entry) =>
        [.. state.Jobs.Values.Select(job => job.Job).Where(job => job.Entry == entry)];

    public bool IsTokenUsed(KeyHash token) => state.Tokens.ContainsKey(token);

    public bool HasFile(EntryId file) =>
        state.Entries.Any(entry => entry.Files.Any(known => known.Id == file))
        || FindUpload(file) is { State: UploadState.Open };

    public Upload? FindUpload(EntryId id) => state.Uploads.GetValueOrDefault(id);

    public IReadOnlyList<Upload> ListUploads(string endpoint, string? caller, EntryId? after, int max) =>
    [
        .. state.Uploads.Values
            .Where(upload => upload.State == UploadState.Open && upload.Endpoint == endpoint
                && (caller is null || upload.Caller == caller) && (after is null || upload.Id > after))
            .Take(max),
    ];

    public IReadOnlyList<Upload> ListExpiredUploads(long now, int max) =>
    [
        .. state.Uploads.Values
            .Where(upload => upload.State != UploadState.Finished && upload.ExpiresAt <= now)
            .OrderBy(upload => upload.ExpiresAt).ThenBy(upload => upload.Id)
            .Take(max),
    ];

    public UploadUsage UsageOf(string endpoint, string? caller) => state.UsageOf(endpoint, caller);

    public IReadOnlyList<KeptBody> ListBodies(string endpoint, int max) =>
    [
        .. state.Entries
            .Where(entry => entry.BodyType is not null && entry.Endpoint == endpoint)
            .Take(max)
            .Select(entry => new KeptBody(
                entry.Id, entry.ReceivedAt, entry.Body.Length + entry.Files.Sum(file => file.Size))),
    ];

    public QueryResult Query(Statement statement) =>
        throw new NotSupportedException("The memory store has no statements.");

    public void Dispose()
    {
    }

    private static Record Bare(Record record) => record with { Values = [] };

    private int First(EntryQuery query) => (query.OldestFirst, query.After) switch
    {
        (true, null) => 0,
        (true, { } after) => state.IndexAfter(after.Row),
        (false, null) => state.Entries.Count - 1,
        (false, { } after) => state.IndexBefore(after.Row),
    };

    private static bool IsAskedFor(Entry entry, EntryQuery query, ReadOnlySpan<byte> text) =>
        entry.State != EntryState.Deleted
        && (query.Endpoint is null || query.Endpoint == entry.Endpoint)
        && (query.State is null || query.State == entry.State)
        && (query.Reason is null || query.Reason == entry.Reason)
        && DocumentText.Holds(entry.Document.Span, text);
}
