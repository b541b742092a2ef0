using System.Text;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Records;
using Postroom.Sqlite.Writing;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Reading;

/// <summary>
/// A view of one moment. Its calls take turns, so that the store may end it when it stays open too long.
/// </summary>
internal sealed class SqliteReader(ReaderPool pool, ReadSession session, Func<string, RecordShape?> shapes)
    : IStoreReader
{
    private const string FindSql = $"{EntryColumns.Select} WHERE e.row = ?1";

    private const string CountSql =
        """
        SELECT endpoint, sum(stored), sum(held), sum(refused), sum(running) FROM entry_spans
        GROUP BY endpoint ORDER BY endpoint
        """;

    private const string JobsSql =
        $"SELECT {JobColumns.Names} FROM jobs WHERE entry_row = ?1 AND entry = ?2 ORDER BY number";

    private const string TokenSql = "SELECT 1 FROM tokens WHERE token = ?1";

    private const string FileSql =
        """
        SELECT 1 FROM entry_files WHERE id = ?1 UNION ALL SELECT 1 FROM uploads WHERE id = ?1 AND state = 0
        """;

    private readonly Lock _turn = new();
    private ReadSession? _session = session;

    public Entry? FindEntry(EntryId id) => InTurn(session =>
    {
        var statement = session.Statement(FindSql);
        statement.Bind(1, id.Row);
        var files = session.Statement(FileColumns.SelectOfEntry);
        var bodies = session.Statement(BodyColumns.SelectOfEntry);
        return First(
            statement, row => IsVisible(row, id) ? BodyColumns.Add(bodies, EntryColumns.Read(row, files)) : null);
    });

    public Record? FindRecord(RecordTable table, EntryId id) =>
        InTurn(session => Records(session, table).Find(id));

    public RecordPage ListRecords(RecordList list) => InTurn(session => Records(session, list.Table).List(list));

    public RecordQueryPage QueryRecords(RecordQuery query) =>
        InTurn(session => Queries(session, query.Table).Run(query));

    public long? CountRecords(RecordQuery query, int evaluatedMax) =>
        InTurn(session => Queries(session, query.Table).Count(query, evaluatedMax));

    public long CountRecords(RecordTable table) => InTurn(session => Records(session, table).Count());

    public IReadOnlyList<Record> ListReferences(RecordTable table, string column, EntryId id, int max) =>
        InTurn(session => Records(session, table).References(table, column, id, max));

    public RecordChangePage ListChanges(RecordTable table, long after, int max) =>
        InTurn(session => Records(session, table).Changes(after, max));

    public long LastChange(RecordTable table) => InTurn(session => Records(session, table).LastChange());

    public EntryPage ListEntries(EntryQuery query)
    {
        EntryQueryRules.Check(query);
        return InTurn(session => new EntryScan(query).Run(session));
    }

    public IReadOnlyList<EntryCount> CountEntries() => InTurn(session =>
    {
        var counts = new List<EntryCount>();
        foreach (var row in Rows(session.Statement(CountSql)))
        {
            for (var state = 0; state < 4; state++)
            {
                if (row.Number(state + 1) is var count and > 0)
                {
                    counts.Add(new EntryCount(row.Text(0)!, (EntryState)state, count));
                }
            }
        }

        return counts;
    });

    public long CountOf(string endpoint, long period, long start) => InTurn(session =>
    {
        var statement = session.Statement(CountTable.Select);
        statement.BindText(1, endpoint);
        statement.Bind(2, period);
        statement.Bind(3, start);
        try
        {
            return statement.Step() ? statement.Number(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    });

    public IReadOnlyList<Job> ListJobs(EntryId entry) => InTurn(session =>
    {
        Span<byte> id = stackalloc byte[EntryId.Size];
        entry.WriteTo(id);
        var statement = session.Statement(JobsSql);
        statement.Bind(1, entry.Row);
        statement.BindBlob(2, id);
        var jobs = new List<Job>();
        foreach (var row in Rows(statement))
        {
            jobs.Add(JobColumns.Read(row));
        }

        return jobs;
    });

    public bool IsTokenUsed(KeyHash token) => InTurn(session =>
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        token.WriteTo(bytes);
        var statement = session.Statement(TokenSql);
        statement.BindBlob(1, bytes);
        return First(statement, static _ => "used") is not null;
    });

    public bool HasFile(EntryId file) => InTurn(session =>
    {
        Span<byte> bytes = stackalloc byte[EntryId.Size];
        file.WriteTo(bytes);
        var statement = session.Statement(FileSql);
        statement.BindBlob(1, bytes);
        return First(statement, static _ => "named") is not null;
    });

    public Upload? FindUpload(EntryId id) => InTurn(session =>
    {
        Span<byte> bytes = stackalloc byte[EntryId.Size];
        id.WriteTo(bytes);
        var statement = session.Statement(UploadColumns.SelectOne);
        statement.BindBlob(1, bytes);
        return First(statement, UploadColumns.Read);
    });

    public IReadOnlyList<Upload> ListUploads(string endpoint, string? caller, EntryId? after, int max) =>
        InTurn(session =>
        {
            Span<byte> bytes = stackalloc byte[EntryId.Size];
            (after ?? default).WriteTo(bytes);
            var statement = session.Statement(UploadColumns.SelectOpen);
            statement.BindText(1, endpoint);
            statement.BindBlob(2, bytes);
            statement.BindText(3, caller);
            statement.Bind(4, max);
            return Uploads(statement);
        });

    public IReadOnlyList<Upload> ListExpiredUploads(long now, int max) => InTurn(session =>
    {
        var statement = session.Statement(UploadColumns.SelectExpired);
        statement.Bind(1, now);
        statement.Bind(2, max);
        return Uploads(statement);
    });

    public UploadUsage UsageOf(string endpoint, string? caller) => InTurn(
        session => UploadColumns.ReadUsage(session.Statement(UploadColumns.SelectUsage), endpoint, caller));

    public IReadOnlyList<KeptBody> ListBodies(string endpoint, int max) => InTurn(session =>
    {
        var statement = session.Statement(BodyColumns.SelectOfEndpoint);
        statement.BindText(1, endpoint);
        statement.Bind(2, max);
        var bodies = new List<KeptBody>();
        foreach (var row in Rows(statement))
        {
            bodies.Add(new KeptBody(EntryId.Read(row.Bytes(0)), row.Number(1), row.Number(2)));
        }

        return bodies;
    });

    public QueryResult Query(Statement statement) => InTurn(session =>
    {
        try
        {
            return session.Statements.Query(statement);
        }
        catch (StatementFailedException failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    });

    public void Dispose()
    {
        lock (_turn)
        {
            if (_session is { } session)
            {
                _session = null;
                pool.Return(this, session);
            }
        }
    }

    /// <summary>Ends the view before whoever opened it does; further calls throw.</summary>
    public void End() => Dispose();

    private static IReadOnlyList<Upload> Uploads(SqliteStatement statement) =>
        [.. Rows(statement).Select(UploadColumns.Read)];

    private static bool IsVisible(SqliteStatement row, EntryId id) =>
        EntryId.Read(row.Bytes(EntryColumns.Id)) == id
        && (EntryState)row.Number(EntryColumns.State) != EntryState.Deleted;

    private static T? First<T>(SqliteStatement statement, Func<SqliteStatement, T?> read)
        where T : class
    {
        try
        {
            return statement.Step() ? read(statement) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static IEnumerable<SqliteStatement> Rows(SqliteStatement statement)
    {
        try
        {
            while (statement.Step())
            {
                yield return statement;
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private RecordReads Records(ReadSession session, RecordTable table) => new(session, Shape(table));

    private RecordQueries Queries(ReadSession session, RecordTable table) => new(session, Shape(table));

    private RecordShape Shape(RecordTable table) => shapes(table.Endpoint)
        ?? throw new InvalidOperationException($"The table of {table.Endpoint} was not prepared.");

    private T InTurn<T>(Func<ReadSession, T> read)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_session is null, this);
            return read(_session);
        }
    }
}
