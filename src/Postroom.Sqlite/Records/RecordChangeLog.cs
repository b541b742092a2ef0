using Postroom.Sqlite.Engine;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>Keeps the changes of one table. One thread writes, so that the numbers rise with the commits.</summary>
internal sealed class RecordChangeLog(RecordRows rows)
{
    /// <summary>The number of the newest change of a table. The newest is never forgotten.</summary>
    public const string SelectLast = "SELECT max(sequence) FROM record_changes WHERE record_table = ?1";

    private readonly SqliteStatement _last = rows.Statement(SelectLast);
    private readonly SqliteStatement _add =
        rows.Statement("INSERT INTO record_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    private long? _newest;

    /// <summary>
    /// Forgets all, and leaves a gap in the numbers, so that whoever follows when they are kept again sees that some
    /// are missing.
    /// </summary>
    public static void End(SqliteConnection connection, long table) => connection.Execute(FormattableString.Invariant(
        $"""
        DELETE FROM record_changes WHERE record_table = {table}
          AND sequence < (SELECT max(sequence) FROM record_changes WHERE record_table = {table});
        UPDATE record_changes SET sequence = sequence + 2 WHERE record_table = {table};
        """));

    /// <summary>
    /// Forgets changes older than that, from the oldest on, at most so many and never the newest; says how many.
    /// </summary>
    public static int Purge(RecordRows rows, SqliteConnection connection, long before, int max)
    {
        var delete = rows.Statement(
            """
            DELETE FROM record_changes WHERE record_table = ?1
              AND sequence < (SELECT max(sequence) FROM record_changes WHERE record_table = ?1)
              AND sequence < coalesce(
                (SELECT sequence FROM record_changes WHERE record_table = ?1 AND at >= ?2 ORDER BY sequence LIMIT 1),
                9223372036854775807)
              AND sequence < (SELECT min(sequence) FROM record_changes WHERE record_table = ?1) + ?3
            """);
        delete.Bind(1, rows.Shape.Number);
        delete.Bind(2, before);
        delete.Bind(3, max);
        delete.Run();
        return connection.Changes;
    }

    public void Add(EntryId id, long version, RecordChangeKind kind, long at)
    {
        _newest = (_newest ?? ReadNewest()) + 1;
        _add.Bind(1, rows.Shape.Number);
        _add.Bind(2, _newest.Value);
        RecordRows.Bind(_add, 3, id);
        _add.Bind(4, version);
        _add.Bind(5, (long)kind);
        _add.Bind(6, at);
        _add.Run();
    }

    /// <summary>Has the number read again: the last ones may not have been committed.</summary>
    public void Forget() => _newest = null;

    private long ReadNewest()
    {
        _last.Bind(1, rows.Shape.Number);
        var newest = _last.Step() ? _last.Number(0) : 0;
        _last.Reset();
        return newest;
    }
}
