using System.Collections.Immutable;
using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>The writer's tables of records, in step with the catalogue.</summary>
internal sealed class RecordTables(SqliteConnection connection) : IDisposable
{
    private Dictionary<string, RecordRows>? _rows;
    private bool _isReshaped;
    private bool _isMarked;
    private ImmutableDictionary<string, RecordShape> _shapes = ImmutableDictionary<string, RecordShape>.Empty;

    /// <summary>The tables as they were committed last. From any thread.</summary>
    public ImmutableDictionary<string, RecordShape> Shapes => Volatile.Read(ref _shapes);

    /// <summary>All tables.</summary>
    public IEnumerable<RecordRows> All => Rows.Values;

    private Dictionary<string, RecordRows> Rows => _rows ??= RecordCatalogue.Read(connection)
        .ToDictionary(shape => shape.Endpoint, shape => new RecordRows(connection, shape), StringComparer.Ordinal);

    /// <summary>The records of a resource, or null when it has no table yet.</summary>
    public RecordRows? Find(string endpoint) => Rows.GetValueOrDefault(endpoint);

    /// <summary>The records of a resource.</summary>
    /// <exception cref="InvalidOperationException">Its table was not prepared: a bug of the caller.</exception>
    public RecordRows Of(RecordTable table) => Find(table.Endpoint)
        ?? throw new InvalidOperationException($"The table of {table.Endpoint} was not prepared.");

    /// <summary>Changes what tables there are; what is known of them is read again.</summary>
    public void Reshape(Action<SqliteConnection> change)
    {
        // The statements of the tables that change would be in the way.
        Forget();
        _isReshaped = true;
        change(connection);
    }

    /// <summary>Says how far the rows of a table have every column.</summary>
    public void Mark(RecordRows rows, long row)
    {
        _isMarked = true;
        rows.FilledTo = row;
        RecordCatalogue.Mark(connection, rows.Shape.Number, row);
    }

    /// <summary>After the commit.</summary>
    public void Commit()
    {
        _isMarked = false;
        if (_isReshaped)
        {
            Publish();
        }
    }

    /// <summary>After a transaction without effect.</summary>
    public void Rollback()
    {
        if (_isReshaped || _isMarked)
        {
            Forget();
            (_isReshaped, _isMarked) = (false, false);
        }

        foreach (var rows in _rows?.Values ?? Enumerable.Empty<RecordRows>())
        {
            rows.Forget();
        }
    }

    /// <summary>Tells readers what tables there are.</summary>
    public void Publish()
    {
        _isReshaped = false;
        Volatile.Write(ref _shapes, Rows.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Shape));
    }

    public void Dispose() => Forget();

    private void Forget()
    {
        foreach (var rows in _rows?.Values ?? Enumerable.Empty<RecordRows>())
        {
            rows.Dispose();
        }

        _rows = null;
    }
}
