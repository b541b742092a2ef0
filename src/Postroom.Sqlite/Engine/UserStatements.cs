using Postroom.Storage;
using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>
/// The statements of the user's on one connection: over his own tables, one at a time, without a say in transactions,
/// and stopped when they run too long.
/// </summary>
internal sealed class UserStatements : IDisposable
{
    /// <summary>Rows of a query at most.</summary>
    public const int RowsMax = 10_000;

    private const int KeptMax = 256;
    private const int StepsAtOnce = 100_000;

    private readonly Dictionary<string, SqliteStatement> _kept = [];
    private readonly SqliteConnection _connection;
    private readonly long _stepsMax;
    private bool _judging;
    private bool _definitionsAllowed;
    private bool _running;
    private long _steps;

    /// <param name="connection">The connection, whose own statements are not judged.</param>
    /// <param name="stepsMax">Steps of the engine that one statement may take, counted by the hundred thousand.</param>
    public UserStatements(SqliteConnection connection, long stepsMax)
    {
        _connection = connection;
        _stepsMax = stepsMax;

        // Both are set once: a new authorizer makes the engine prepare every statement again.
        connection.Authorize(Judge);
        connection.WatchProgress(StepsAtOnce, Watch);
    }

    /// <summary>Runs a statement that changes the user's tables.</summary>
    /// <exception cref="StatementFailedException">It failed; the transaction may be lost with it.</exception>
    public void Run(Statement statement) => Guarded(statement, static prepared =>
    {
        while (prepared.Step())
        {
            // Rows of a RETURNING clause: nobody asked for them.
        }

        return true;
    });

    /// <summary>Runs statements that make the user's tables.</summary>
    /// <exception cref="StatementFailedException">One failed.</exception>
    public void Define(string text)
    {
        _definitionsAllowed = true;
        try
        {
            Run(new Statement(text));
        }
        finally
        {
            _definitionsAllowed = false;
        }
    }

    /// <summary>Runs a query.</summary>
    /// <exception cref="StatementFailedException">It failed, writes, or has too many rows.</exception>
    public QueryResult Query(Statement statement) => Guarded(statement, static prepared =>
    {
        if (!prepared.IsReadOnly)
        {
            throw new StatementFailedException("A query does not write.");
        }

        var columns = new string[prepared.Columns];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = prepared.Name(i);
        }

        var rows = new List<object?[]>();
        while (prepared.Step())
        {
            if (rows.Count == RowsMax)
            {
                throw new StatementFailedException($"The query has more than {RowsMax} rows.");
            }

            rows.Add(ReadRow(prepared, columns.Length));
        }

        return new QueryResult(columns, rows);
    });

    public void Dispose()
    {
        Forget();
        _connection.WatchProgress(0, null);
        _connection.Authorize(null);
    }

    private static object?[] ReadRow(SqliteStatement row, int columns)
    {
        var values = new object?[columns];
        for (var i = 0; i < columns; i++)
        {
            values[i] = row.Type(i) switch
            {
                raw.SQLITE_NULL => null,
                raw.SQLITE_INTEGER => row.Number(i),
                raw.SQLITE_FLOAT => row.Real(i),
                raw.SQLITE_TEXT => row.Text(i),
                _ => row.Bytes(i).ToArray(),
            };
        }

        return values;
    }

    private static void Bind(SqliteStatement prepared, IReadOnlyList<object?> parameters)
    {
        prepared.Clear();
        for (var i = 0; i < parameters.Count; i++)
        {
            switch (parameters[i])
            {
                case null: prepared.BindNull(i + 1); break;
                case string text: prepared.BindText(i + 1, text); break;
                case long number: prepared.Bind(i + 1, number); break;
                case int number: prepared.Bind(i + 1, number); break;
                case bool flag: prepared.Bind(i + 1, flag ? 1 : 0); break;
                case double real: prepared.Bind(i + 1, real); break;
                case byte[] bytes: prepared.BindBlob(i + 1, bytes); break;
            }
        }
    }

    private T Guarded<T>(Statement statement, Func<SqliteStatement, T> use)
    {
        SqliteStatement? prepared = null;
        try
        {
            prepared = Prepare(statement.Text);
            Bind(prepared, statement.Parameters);
            _steps = 0;
            _running = true;
            return use(prepared);
        }
        catch (SqliteException failure) when (failure.PrimaryCode == raw.SQLITE_INTERRUPT)
        {
            throw new StatementFailedException("The statement took too long and was stopped.", failure);
        }
        catch (SqliteException failure) when (!SqliteCodes.IsOfTheDisk(failure.Code))
        {
            throw new StatementFailedException(failure.EngineMessage, failure);
        }
        finally
        {
            _running = false;
            prepared?.Reset();
        }
    }

    private SqliteStatement Prepare(string text)
    {
        if (_kept.TryGetValue(text, out var kept))
        {
            return kept;
        }

        if (_kept.Count == KeptMax)
        {
            Forget();
        }

        _judging = true;
        try
        {
            var prepared = _connection.Prepare(text);
            if (prepared.IsEmpty)
            {
                throw new StatementFailedException("The statement is empty.");
            }

            if (!_definitionsAllowed)
            {
                _kept.Add(text, prepared);
            }

            return prepared;
        }
        finally
        {
            _judging = false;
        }
    }

    private void Forget()
    {
        foreach (var statement in _kept.Values)
        {
            statement.Dispose();
        }

        _kept.Clear();
    }

    private int Judge(object? state, int action, utf8z first, utf8z second, utf8z database, utf8z trigger) =>
        !_judging || StatementRules.Allows(action, first.utf8_to_string(), second.utf8_to_string(), _definitionsAllowed)
            ? raw.SQLITE_OK
            : raw.SQLITE_DENY;

    private int Watch(object? state)
    {
        _steps += StepsAtOnce;
        return _running && _steps > _stepsMax ? 1 : 0;
    }
}
