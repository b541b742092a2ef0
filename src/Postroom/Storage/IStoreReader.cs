using Postroom.Storage.Records;

namespace Postroom.Storage;

/// <summary>
/// A consistent, read-only view of the store at one moment. Short-lived: dispose it before anything slow.
/// </summary>
public interface IStoreReader : IDisposable
{
    /// <summary>The entry with this id, or null.</summary>
    Entry? FindEntry(EntryId id);

    /// <summary>The record with this id, or null.</summary>
    Record? FindRecord(RecordTable table, EntryId id);

    /// <summary>A page of records.</summary>
    RecordPage ListRecords(RecordList list);

    /// <summary>A page of the records that a query asks for.</summary>
    internal RecordQueryPage QueryRecords(RecordQuery query) => RecordScan.Run(this, query);

    /// <summary>
    /// How many records a query asks for on all its pages; null when more than that would have to be evaluated.
    /// </summary>
    internal long? CountRecords(RecordQuery query, int evaluatedMax) => RecordScan.Count(this, query, evaluatedMax);

    /// <summary>How many records there are.</summary>
    long CountRecords(RecordTable table);

    /// <summary>
    /// The records of a table that refer to a record, in the order of their ids: at most so many.
    /// </summary>
    IReadOnlyList<Record> ListReferences(RecordTable table, string column, EntryId id, int max);

    /// <summary>
    /// The changes of a table after the one with that number, in the order of their commits: none is ever missed, and
    /// none comes later with a number below one that was listed.
    /// </summary>
    /// <param name="table">One that keeps its changes.</param>
    /// <param name="after">Where to go on; 0 to begin with the oldest kept.</param>
    /// <param name="max">At most so many, at least 1.</param>
    RecordChangePage ListChanges(RecordTable table, long after, int max);

    /// <summary>The number of the newest change of a table; 0 when there is none.</summary>
    long LastChange(RecordTable table);

    /// <summary>A page of entries.</summary>
    EntryPage ListEntries(EntryQuery query);

    /// <summary>
    /// How many entries there are, by endpoint and state. It may count every row: for pages, not for requests.
    /// </summary>
    IReadOnlyList<EntryCount> CountEntries();

    /// <summary>How many entries were counted by <see cref="CountEntry"/> in that period.</summary>
    long CountOf(string endpoint, long period, long start);

    /// <summary>The jobs that follow from an entry, in the order they were made.</summary>
    IReadOnlyList<Job> ListJobs(EntryId entry);

    /// <summary>True when a single-use secret was consumed.</summary>
    bool IsTokenUsed(KeyHash token);

    /// <summary>True when an entry or an open upload names this file.</summary>
    bool HasFile(EntryId file);

    /// <summary>The upload with this id, or null.</summary>
    Upload? FindUpload(EntryId id);

    /// <summary>
    /// Open uploads of an endpoint in the order in which they were begun: at most so many, those after
    /// <paramref name="after"/>.
    /// </summary>
    /// <param name="endpoint">The path of the endpoint.</param>
    /// <param name="caller">Whose; null for those of all callers.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="max">At most so many.</param>
    IReadOnlyList<Upload> ListUploads(string endpoint, string? caller, EntryId? after, int max);

    /// <summary>
    /// Uploads that are not finished and expired at that time (Unix milliseconds), the oldest first: at most so many.
    /// </summary>
    IReadOnlyList<Upload> ListExpiredUploads(long now, int max);

    /// <summary>What the uploads of a caller to an endpoint take; those of all callers where it is null.</summary>
    UploadUsage UsageOf(string endpoint, string? caller);

    /// <summary>
    /// The entries of an endpoint that keep the body as it came, in the order of arrival: at most so many.
    /// </summary>
    IReadOnlyList<KeptBody> ListBodies(string endpoint, int max);

    /// <summary>
    /// Rows of a user's own table. At most 10,000 rows; more throw. Statements that write throw.
    /// </summary>
    /// <exception cref="NotSupportedException">The engine has no statements (the memory store).</exception>
    QueryResult Query(Statement statement);
}
