using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// The writer's statements over jobs. It numbers them, never the same number twice while the store is open.
/// </summary>
internal sealed class JobTable : IDisposable
{
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _isLeased;
    private readonly SqliteStatement _settle;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _claim;
    private readonly SqliteStatement _deleteOf;
    private readonly SqliteStatement _hasOpen;
    private readonly SqliteStatement _deleteDone;
    private readonly SqliteConnection _connection;
    private long _committed;
    private long _last;

    public JobTable(SqliteConnection connection)
    {
        _connection = connection;
        _insert = connection.Prepare(
            "INSERT INTO jobs VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, 0, 0, NULL, ?6)");
        _isLeased = connection.Prepare("SELECT 1 FROM jobs WHERE number = ?1 AND state = 1 AND claim = ?2");
        _settle = connection.Prepare(
            """
            UPDATE jobs SET state = ?2, run_at = coalesce(?3, run_at), error = ?4, lease_until = 0, changed_at = ?5
            WHERE number = ?1
            """);
        _due = connection.Prepare(
            """
            SELECT number FROM jobs WHERE state IN (0, 1) AND iif(state = 0, run_at, lease_until) <= ?1
            ORDER BY iif(state = 0, run_at, lease_until), number LIMIT ?2
            """);
        _claim = connection.Prepare(
            $"""
            UPDATE jobs SET state = 1, attempts = attempts + 1, claim = claim + 1, lease_until = ?2, changed_at = ?3
            WHERE number = ?1 RETURNING {JobColumns.Names}
            """);
        _deleteOf = connection.Prepare("DELETE FROM jobs WHERE entry_row = ?1");
        _hasOpen = connection.Prepare("SELECT 1 FROM jobs WHERE entry_row = ?1 AND state <> 2 LIMIT 1");
        _deleteDone = connection.Prepare("DELETE FROM jobs WHERE number = ?1 AND state = 2 AND changed_at < ?2");
        _last = connection.ScalarNumber("SELECT max(number) FROM jobs") ?? 0;
        _committed = _last;
    }

    public void Insert(InsertJob job, long now)
    {
        Span<byte> entry = stackalloc byte[EntryId.Size];
        job.Entry.WriteTo(entry);
        _insert.Bind(1, ++_last);
        _insert.Bind(2, job.Entry.Row);
        _insert.BindBlob(3, entry);
        _insert.BindText(4, job.Name);
        _insert.Bind(5, job.RunAt);
        _insert.Bind(6, now);
        _insert.Run();
    }

    public bool IsLeased(JobLeased lease)
    {
        _isLeased.Bind(1, lease.Job);
        _isLeased.Bind(2, lease.Claim);
        return Any(_isLeased);
    }

    public void Settle(SettleJob settle, long now)
    {
        _settle.Bind(1, settle.Job);
        _settle.Bind(2, (long)settle.State);
        if (settle.State == JobState.Ready)
        {
            _settle.Bind(3, settle.RunAt);
        }
        else
        {
            _settle.BindNull(3);
        }

        _settle.BindText(4, settle.Error);
        _settle.Bind(5, now);
        _settle.Run();
    }

    /// <summary>Leases what is due, the longest due first.</summary>
    public List<Job> Claim(long due, long leaseUntil, int max, long now)
    {
        var claimed = new List<Job>();
        foreach (var number in Due(due, max))
        {
            _claim.Bind(1, number);
            _claim.Bind(2, leaseUntil);
            _claim.Bind(3, now);
            while (_claim.Step())
            {
                claimed.Add(JobColumns.Read(_claim));
            }

            _claim.Reset();
        }

        return claimed;
    }

    public void DeleteOf(long entryRow)
    {
        _deleteOf.Bind(1, entryRow);
        _deleteOf.Run();
    }

    /// <summary>True when the entry has a job that is not done.</summary>
    public bool HasOpen(long entryRow)
    {
        _hasOpen.Bind(1, entryRow);
        return Any(_hasOpen);
    }

    /// <summary>Deletes a job if it is done and last changed before that time.</summary>
    public bool DeleteDone(long number, long before)
    {
        _deleteDone.Bind(1, number);
        _deleteDone.Bind(2, before);
        _deleteDone.Run();
        return _connection.Changes > 0;
    }

    /// <summary>Keeps the numbers that were given.</summary>
    public void Commit() => _committed = _last;

    /// <summary>Takes the numbers back that were given since the last commit.</summary>
    public void Rollback() => _last = _committed;

    public void Dispose()
    {
        _insert.Dispose();
        _isLeased.Dispose();
        _settle.Dispose();
        _due.Dispose();
        _claim.Dispose();
        _deleteOf.Dispose();
        _hasOpen.Dispose();
        _deleteDone.Dispose();
    }

    private List<long> Due(long due, int max)
    {
        var numbers = new List<long>();
        _due.Bind(1, due);
        _due.Bind(2, max);
        while (_due.Step())
        {
            numbers.Add(_due.Number(0));
        }

        _due.Reset();
        return numbers;
    }

    private static bool Any(SqliteStatement statement)
    {
        var any = statement.Step();
        statement.Reset();
        return any;
    }
}
