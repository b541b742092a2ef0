using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;

namespace Postroom.Sqlite.Purging;

/// <summary>Finds what is to be cleared, on a reader: looking costs the writer nothing.</summary>
internal sealed class PurgeReads(ReaderPool readers)
{
    private const string HasOpenJobs = "EXISTS (SELECT 1 FROM jobs j WHERE j.entry_row = e.row AND j.state <> 2)";

    /// <summary>Spans with keys that have ended and something to clear.</summary>
    public List<SpanName> SpansExpired(long now) => Spans(
        "SELECT span, endpoint FROM entry_spans WHERE next_expiry <= ?1 ORDER BY span, endpoint",
        statement => statement.Bind(1, now));

    /// <summary>Spans of an endpoint with entries from before that time.</summary>
    public List<SpanName> SpansBefore(string endpoint, long before) => Spans(
        "SELECT span, endpoint FROM entry_spans WHERE oldest < ?1 AND endpoint = ?2 ORDER BY span",
        statement =>
        {
            statement.Bind(1, before);
            statement.BindText(2, endpoint);
        });

    /// <summary>Entries of a span after a row whose keys have ended.</summary>
    public List<long> RowsExpired(SpanName span, long after, long now, int max) => Rows(
        """
        SELECT e.row FROM entries e
        WHERE e.row > ?1 AND e.row <= ?2 AND e.endpoint = ?3 AND e.key IS NOT NULL AND e.expires_at <= ?4
          AND (e.answer_status IS NOT NULL OR e.state = 4)
        ORDER BY e.row LIMIT ?5
        """,
        statement => BindRange(statement, span, after, now, max));

    /// <summary>Entries of a span after a row that were received before that time.</summary>
    public List<long> RowsBefore(SpanName span, long after, long before, int max) => Rows(
        $"""
        SELECT e.row FROM entries e
        WHERE e.row > ?1 AND e.row <= ?2 AND e.endpoint = ?3 AND e.received_at < ?4 AND e.state <> 4
          AND NOT {HasOpenJobs}
        ORDER BY e.row LIMIT ?5
        """,
        statement => BindRange(statement, span, after, before, max));

    /// <summary>Entries after a row that may go when space is needed, the oldest first.</summary>
    public List<long> RowsToSpare(long after, long now, int max) => Rows(
        $"""
        SELECT e.row FROM entries e WHERE e.row > ?1 AND e.state <> 4 AND e.expires_at <= ?2 AND NOT {HasOpenJobs}
        ORDER BY e.row LIMIT ?3
        """,
        statement =>
        {
            statement.Bind(1, after);
            statement.Bind(2, now);
            statement.Bind(3, max);
        });

    /// <summary>Finished jobs after a number that last changed before that time.</summary>
    public List<long> JobsDone(long after, long before, int max) => Rows(
        "SELECT number FROM jobs WHERE number > ?1 AND state = 2 AND changed_at < ?2 ORDER BY number LIMIT ?3",
        statement =>
        {
            statement.Bind(1, after);
            statement.Bind(2, before);
            statement.Bind(3, max);
        });

    /// <summary>Documents and answers of all entries together.</summary>
    public long TotalBytes() =>
        Read("SELECT coalesce(sum(bytes), 0) FROM entry_spans", static _ => { }, static row => row.Number(0))[0];

    /// <summary>
    /// When the oldest entry of a span came, and when the next of its keys ends that leaves something to clear.
    /// </summary>
    public (long? Oldest, long? NextExpiry) Bounds(SpanName span) => Read(
        """
        SELECT min(e.received_at) FILTER (WHERE e.state <> 4),
          min(e.expires_at) FILTER (WHERE e.key IS NOT NULL AND (e.answer_status IS NOT NULL OR e.state = 4))
        FROM entries e WHERE e.row > ?1 AND e.row <= ?2 AND e.endpoint = ?3
        """,
        statement => BindSpan(statement, span, span.FirstRow - 1),
        static row => (row.IsNull(0) ? (long?)null : row.Number(0), row.IsNull(1) ? (long?)null : row.Number(1)))[0];

    private static void BindSpan(SqliteStatement statement, SpanName span, long after)
    {
        statement.Bind(1, after);
        statement.Bind(2, span.LastRow);
        statement.BindText(3, span.Endpoint);
    }

    private static void BindRange(SqliteStatement statement, SpanName span, long after, long time, int max)
    {
        BindSpan(statement, span, after);
        statement.Bind(4, time);
        statement.Bind(5, max);
    }

    private List<SpanName> Spans(string sql, Action<SqliteStatement> bind) =>
        Read(sql, bind, static row => new SpanName(row.Number(0), row.Text(1)!));

    private List<long> Rows(string sql, Action<SqliteStatement> bind) => Read(sql, bind, static row => row.Number(0));

    private List<T> Read<T>(string sql, Action<SqliteStatement> bind, Func<SqliteStatement, T> read)
    {
        var session = readers.Rent();
        try
        {
            var statement = session.Statement(sql);
            bind(statement);
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(read(statement));
            }

            statement.Reset();
            return rows;
        }
        finally
        {
            readers.Return(session);
        }
    }
}
