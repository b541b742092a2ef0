using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>
/// The writer's statements over the records of one resource, keeping totals, search and changes in step.
/// </summary>
internal sealed class RecordRows : IDisposable
{
    // Columns before those of the declaration, in the order of parameters.
    private const int OwnColumns = 7;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly Dictionary<RecordTable, RecordView> _views = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _values;
    private readonly RecordSums? _sums;
    private readonly RecordSearch? _search;
    private readonly RecordChangeLog? _changes;

    public RecordRows(SqliteConnection connection, RecordShape shape)
    {
        _connection = connection;
        Shape = shape;
        FilledTo = shape.FilledTo;
        var table = $"\"{shape.Name}\"";
        var names = shape.Columns.Select(column => $"\"{column.Name}\"").ToList();
        var cleared = shape.Retired.Select(column => $"\"{column.Name}\" = NULL");
        _find = Statement($"SELECT row, version, held_until FROM {table} WHERE id = ?1");
        _values = Statement($"SELECT {string.Join(", ", names.Prepend("row"))} FROM {table} WHERE row = ?1");
        _delete = Statement($"DELETE FROM {table} WHERE row = ?1");
        _insert = Statement(
            $"INSERT INTO {table} ({string.Join(", ", names.Prepend(Own))}) VALUES ({Parameters(names.Count)})");
        _update = Statement(
            $"""
            UPDATE {table} SET version = ?2, owner = ?3, created_at = ?4, updated_at = ?5, held_until = ?6,
            document = ?7
            {string.Concat(names.Select((name, i) => FormattableString.Invariant($", {name} = ?{OwnColumns + 1 + i}")))}
            {string.Concat(cleared.Select(clear => ", " + clear))} WHERE id = ?1
            """);
        _sums = shape.Sums.Count > 0 ? new RecordSums(this) : null;
        _search = shape.Search.Count > 0 ? new RecordSearch(this) : null;
        _changes = shape.HasChanges ? new RecordChangeLog(this) : null;
    }

    /// <summary>The columns that every table has, without the row number.</summary>
    public const string Own = "id, version, owner, created_at, updated_at, held_until, document";

    /// <summary>The table as it is.</summary>
    public RecordShape Shape { get; }

    /// <summary>Rows up to here have every column and are counted; null when all are.</summary>
    public long? FilledTo { get; set; }

    /// <summary>True unless it is empty.</summary>
    public bool HasRows
    {
        get
        {
            var any = Statement($"SELECT 1 FROM \"{Shape.Name}\" LIMIT 1");
            var has = any.Step();
            any.Reset();
            return has;
        }
    }

    /// <summary>The totals, where there are any.</summary>
    public RecordSums? Sums => _sums;

    /// <summary>The table as a unit knows it.</summary>
    public RecordView View(RecordTable table)
    {
        if (!_views.TryGetValue(table, out var view))
        {
            // Units of a plan that was replaced come for a moment only.
            if (_views.Count == 8)
            {
                _views.Clear();
            }

            view = new RecordView(this, table);
            _views.Add(table, view);
        }

        return view;
    }

    /// <summary>A statement that is kept as long as the table stays as it is.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.Prepare(sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>What is known of a record, or null when there is none.</summary>
    public RecordFacts? Find(EntryId id)
    {
        Bind(_find, 1, id);
        RecordFacts? facts = _find.Step()
            ? new RecordFacts(_find.Number(0), _find.Number(1), _find.IsNull(2) ? null : _find.Number(2))
            : null;
        _find.Reset();
        return facts;
    }

    /// <summary>What stands in the columns of a row.</summary>
    public RecordValue[] ReadValues(long row)
    {
        var values = new RecordValue[Shape.Columns.Count];
        _values.Bind(1, row);
        if (_values.Step())
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = RecordFields.Value(_values, i + 1, Shape.Columns[i].Type);
            }
        }

        _values.Reset();
        return values;
    }

    public void Insert(RecordTable table, Record record, long now)
    {
        var values = View(table).Values(record);
        Bind(_insert, record, values);
        _insert.Run();
        if (_sums is not null || _search is not null)
        {
            var row = _connection.LastRow;
            _sums?.Add(row, record.HeldUntil, values);
            _search?.Add(row);
        }

        _changes?.Add(record.Id, record.Version, RecordChangeKind.Created, now);
    }

    public void Replace(RecordTable table, Record record, long now)
    {
        if (Find(record.Id) is not { } facts)
        {
            return;
        }

        var values = View(table).Values(record);
        _search?.Remove(facts.Row);
        _sums?.Remove(facts, ReadValues(facts.Row));
        Bind(_update, record, values);
        _update.Run();
        _sums?.Add(facts.Row, record.HeldUntil, values);
        _search?.Add(facts.Row);
        _changes?.Add(record.Id, record.Version, RecordChangeKind.Updated, now);
    }

    /// <summary>Removes a record, and says whether there was one.</summary>
    public bool Delete(EntryId id, long now)
    {
        if (Find(id) is not { } facts)
        {
            return false;
        }

        _search?.Remove(facts.Row);
        _sums?.Remove(facts, ReadValues(facts.Row));
        _delete.Bind(1, facts.Row);
        _delete.Run();
        _changes?.Add(id, facts.Version, RecordChangeKind.Deleted, now);
        return true;
    }

    /// <summary>Removes records whose hold ended by then, at most so many, and says how many.</summary>
    public int EndHolds(long before, int max, long now)
    {
        var held = Statement(
            $"SELECT id FROM \"{Shape.Name}\" WHERE held_until <= ?1 ORDER BY held_until, id LIMIT ?2");
        held.Bind(1, before);
        held.Bind(2, max);
        var ids = new List<EntryId>();
        while (held.Step())
        {
            ids.Add(EntryId.Read(held.Bytes(0)));
        }

        held.Reset();
        return ids.Count(id => Delete(id, now));
    }

    /// <summary>Forgets old changes, at most so many, and says how many.</summary>
    public int ForgetChanges(long before, int max) => RecordChangeLog.Purge(this, _connection, before, max);

    /// <summary>After a transaction that had no effect: what is known of the newest change is read again.</summary>
    public void Forget() => _changes?.Forget();

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    /// <summary>Binds the values of a key to the first parameters.</summary>
    public static void Bind(SqliteStatement statement, IReadOnlyList<RecordValue> key)
    {
        for (var i = 0; i < key.Count; i++)
        {
            RecordFields.Bind(statement, i + 1, key[i]);
        }
    }

    /// <summary>Binds an id.</summary>
    public static void Bind(SqliteStatement statement, int index, EntryId id)
    {
        Span<byte> bytes = stackalloc byte[EntryId.Size];
        id.WriteTo(bytes);
        statement.BindBlob(index, bytes);
    }

    private static string Parameters(int columns) => string.Join(
        ", ", Enumerable.Range(1, OwnColumns + columns).Select(i => FormattableString.Invariant($"?{i}")));

    private static void Bind(SqliteStatement statement, Record record, RecordValue[] values)
    {
        Bind(statement, 1, record.Id);
        statement.Bind(2, record.Version);
        statement.BindText(3, record.Owner);
        statement.Bind(4, record.CreatedAt);
        statement.Bind(5, record.UpdatedAt);
        if (record.HeldUntil is { } until)
        {
            statement.Bind(6, until);
        }
        else
        {
            statement.BindNull(6);
        }

        statement.BindText(7, record.Document.Span);
        for (var i = 0; i < values.Length; i++)
        {
            RecordFields.Bind(statement, OwnColumns + 1 + i, values[i]);
        }
    }
}
