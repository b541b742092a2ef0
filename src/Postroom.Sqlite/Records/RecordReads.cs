using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>What a reader asks of a resource's table.</summary>
internal sealed class RecordReads(ReadSession session, RecordShape shape)
{
    public Record? Find(EntryId id)
    {
        var statement = session.Statement($"SELECT {RecordRows.Own} FROM \"{shape.Name}\" WHERE id = ?1");
        RecordRows.Bind(statement, 1, id);
        return All(statement).FirstOrDefault();
    }

    public RecordPage List(RecordList list)
    {
        var (sign, order) = list.OldestFirst ? (">", "ASC") : ("<", "DESC");
        var statement = session.Statement(
            $"""
            SELECT {RecordRows.Own} FROM "{shape.Name}"
            WHERE {(list.Owner is null ? "true" : "owner = ?1")} AND {(list.After is null ? "true" : $"id {sign} ?2")}
            ORDER BY id {order} LIMIT ?3
            """);
        if (list.Owner is not null)
        {
            statement.BindText(1, list.Owner);
        }

        if (list.After is { } after)
        {
            RecordRows.Bind(statement, 2, after);
        }

        statement.Bind(3, list.Limit + 1);
        var page = All(statement);
        return page.Count > list.Limit
            ? new RecordPage(page[..list.Limit], page[list.Limit - 1].Id)
            : new RecordPage(page, null);
    }

    public long Count()
    {
        var statement = session.Statement($"SELECT count(*) FROM \"{shape.Name}\"");
        statement.Step();
        var count = statement.Number(0);
        statement.Reset();
        return count;
    }

    public IReadOnlyList<Record> References(RecordTable table, string column, EntryId id, int max)
    {
        var name = shape.Find(table.Columns[table.Position(column)])?.Name
            ?? throw new InvalidOperationException($"The column {column} of {table.Endpoint} was not prepared.");
        var statement = session.Statement(
            $"SELECT {RecordRows.Own} FROM \"{shape.Name}\" WHERE \"{name}\" = ?1 ORDER BY id LIMIT ?2");
        statement.BindText(1, id.ToString());
        statement.Bind(2, max);
        return All(statement);
    }

    public RecordChangePage Changes(long after, int max)
    {
        var statement = session.Statement(
            """
            SELECT sequence, id, version, kind, at FROM record_changes
            WHERE record_table = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
            """);
        statement.Bind(1, shape.Number);
        statement.Bind(2, after);
        statement.Bind(3, max);
        var changes = new List<RecordChange>();
        while (statement.Step())
        {
            changes.Add(new RecordChange(
                statement.Number(0), EntryId.Read(statement.Bytes(1)), statement.Number(2),
                (RecordChangeKind)statement.Number(3), statement.Number(4)));
        }

        statement.Reset();

        // Numbers have no gaps here: what does not follow at once is no longer kept.
        return new RecordChangePage(
            changes,
            changes.Count == 0 ? after : changes[^1].Sequence,
            changes.Count == 0 || changes[0].Sequence == after + 1);
    }

    public long LastChange()
    {
        var statement = session.Statement(RecordChangeLog.SelectLast);
        statement.Bind(1, shape.Number);
        var last = statement.Step() ? statement.Number(0) : 0;
        statement.Reset();
        return last;
    }

    private static List<Record> All(SqliteStatement statement)
    {
        var records = new List<Record>();
        try
        {
            while (statement.Step())
            {
                records.Add(RecordFields.Read(statement));
            }
        }
        finally
        {
            statement.Reset();
        }

        return records;
    }
}
