using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Traces;

/// <summary>The file of the traces. One thread at a time.</summary>
internal sealed class TraceTable : IDisposable
{
    private const string Columns = "id, endpoint, received_at, status, code, stages";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _forgetCount;
    private readonly SqliteStatement _forgetAge;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _newest;
    private readonly SqliteStatement _newestRefused;
    private readonly TimeProvider _time;
    private readonly TimeSpan _ageMax;
    private readonly int _rowsMax;

    public TraceTable(string path, int rowsMax, TimeSpan ageMax, TimeProvider time)
    {
        _rowsMax = rowsMax;
        _ageMax = ageMax;
        _time = time;
        _connection = SqliteConnection.OpenWriter(path);
        try
        {
            SetUp();
            _insert = _connection.Prepare($"INSERT OR REPLACE INTO traces ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
            _forgetCount = _connection.Prepare(
                "DELETE FROM traces WHERE number <= (SELECT max(number) FROM traces) - ?1");
            _forgetAge = _connection.Prepare(
                "DELETE FROM traces WHERE number IN (SELECT number FROM traces WHERE received_at < ?1 LIMIT 1000)");
            _find = _connection.Prepare($"SELECT {Columns} FROM traces WHERE id = ?1");
            _newest = _connection.Prepare($"SELECT {Columns} FROM traces ORDER BY number DESC LIMIT ?1");
            _newestRefused = _connection.Prepare(
                $"SELECT {Columns} FROM traces WHERE code IS NOT NULL ORDER BY number DESC LIMIT ?1");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes traces in one transaction and forgets old ones.</summary>
    public void Write(List<PostTrace> traces)
    {
        _connection.Execute("BEGIN");
        try
        {
            foreach (var trace in traces)
            {
                Insert(trace);
            }

            _forgetCount.Bind(1, _rowsMax);
            _forgetCount.Run();
            _forgetAge.Bind(1, (_time.GetUtcNow() - _ageMax).ToUnixTimeMilliseconds());
            _forgetAge.Run();
            _connection.Execute("COMMIT");
        }
        catch
        {
            if (!_connection.IsAutocommit)
            {
                _connection.Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>Erases traces, and overwrites where they stood.</summary>
    public void Erase(IReadOnlyList<EntryId> entries)
    {
        _connection.Execute("PRAGMA secure_delete=ON; BEGIN");
        try
        {
            using var delete = _connection.Prepare("DELETE FROM traces WHERE id = ?1");
            foreach (var entry in entries)
            {
                BindId(delete, entry);
                delete.Run();
            }

            _connection.Execute("COMMIT");
        }
        catch
        {
            if (!_connection.IsAutocommit)
            {
                _connection.Execute("ROLLBACK");
            }

            throw;
        }
        finally
        {
            _connection.Execute("PRAGMA secure_delete=OFF");
        }

        _connection.TryEmptyLog();
    }

    public PostTrace? Find(EntryId id)
    {
        BindId(_find, id);
        var trace = _find.Step() ? Read(_find) : null;
        _find.Reset();
        return trace;
    }

    public List<PostTrace> Newest(int limit, bool refusedOnly)
    {
        var statement = refusedOnly ? _newestRefused : _newest;
        statement.Bind(1, limit);
        var traces = new List<PostTrace>();
        while (statement.Step())
        {
            traces.Add(Read(statement));
        }

        statement.Reset();
        return traces;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _forgetCount.Dispose();
        _forgetAge.Dispose();
        _find.Dispose();
        _newest.Dispose();
        _newestRefused.Dispose();
        _connection.Dispose();
    }

    private static void BindId(SqliteStatement statement, EntryId id)
    {
        Span<byte> bytes = stackalloc byte[EntryId.Size];
        id.WriteTo(bytes);
        statement.BindBlob(1, bytes);
    }

    private static PostTrace Read(SqliteStatement row) => new(
        EntryId.Read(row.Bytes(0)),
        row.Text(1)!,
        row.Number(2),
        (int)row.Number(3),
        row.Text(4),
        TraceStages.Parse(row.Bytes(5)));

    private void SetUp()
    {
        _connection.SetPragma("journal_mode", "wal", "wal");

        // A trace that a power cut takes is no loss.
        _connection.SetPragma("synchronous", "OFF", "0");
        _connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS traces (
              number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, endpoint TEXT NOT NULL, received_at INTEGER NOT NULL,
              status INTEGER NOT NULL, code TEXT, stages TEXT NOT NULL
            ) STRICT;
            CREATE INDEX IF NOT EXISTS traces_refused ON traces (number) WHERE code IS NOT NULL;
            CREATE INDEX IF NOT EXISTS traces_age ON traces (received_at);
            """);
    }

    private void Insert(PostTrace trace)
    {
        BindId(_insert, trace.Id);
        _insert.BindText(2, trace.Endpoint);
        _insert.Bind(3, trace.ReceivedAt);
        _insert.Bind(4, trace.Status);
        _insert.BindText(5, trace.Code);
        _insert.BindText(6, TraceStages.Format(trace.Stages));
        _insert.Run();
    }
}
