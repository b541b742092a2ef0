using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>One connection that reads, with the statements it has used so far. One thread at a time.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _kept = [];
    private readonly SqliteStatement _match;
    private readonly long _statementStepsMax;
    private UserStatements? _statements;

    private ReadSession(SqliteConnection connection, long statementStepsMax)
    {
        _connection = connection;
        _statementStepsMax = statementStepsMax;
        _match = connection.Prepare(EntryColumns.SelectMatch);
    }

    /// <summary>The statements of the user's.</summary>
    public UserStatements Statements => _statements ??= new UserStatements(_connection, _statementStepsMax);

    /// <summary>Sets the connection up and takes it.</summary>
    /// <exception cref="SqliteException">It does not read back as asked.</exception>
    public static ReadSession Over(SqliteConnection connection, long statementStepsMax)
    {
        connection.SetPragma("query_only", "1", "1");
        connection.Execute("PRAGMA cache_size=-2000");
        return new ReadSession(connection, statementStepsMax);
    }

    /// <summary>The entry of a row, when it is the key's and has not expired.</summary>
    public KeyMatch? FindMatch(long row, KeyHash key, long now)
    {
        _match.Bind(1, row);
        try
        {
            return _match.Step() ? EntryColumns.ReadMatch(_match, key, now) : null;
        }
        finally
        {
            _match.Reset();
        }
    }

    /// <summary>A statement that is kept for the next time.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_kept.TryGetValue(sql, out var statement))
        {
            statement = _connection.Prepare(sql);
            _kept.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>A statement that nobody asks for again.</summary>
    public SqliteStatement Prepare(string sql) => _connection.Prepare(sql);

    /// <summary>Fixes the moment that is read until <see cref="End"/>.</summary>
    public void Begin()
    {
        Statement("BEGIN").Run();

        // A snapshot begins with the first read, not with BEGIN.
        Statement("SELECT 1 FROM settings LIMIT 1").Run();
    }

    public void End()
    {
        if (!_connection.IsAutocommit)
        {
            Statement("ROLLBACK").Run();
        }
    }

    public void Dispose()
    {
        _statements?.Dispose();
        _match.Dispose();
        foreach (var statement in _kept.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
