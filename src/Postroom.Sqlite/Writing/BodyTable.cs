using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Reading;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over bodies that are kept as they came.</summary>
internal sealed class BodyTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = connection.Prepare("INSERT INTO bodies VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM bodies WHERE row = ?1");

    public void Insert(Entry entry)
    {
        _insert.Bind(1, entry.Id.Row);
        _insert.BindText(2, entry.BodyType);
        _insert.BindBlob(3, entry.Body.Span);
        _insert.BindText(4, BodyColumns.Write(entry.BodyGaps));
        _insert.Run();
    }

    public void DeleteOf(long entryRow)
    {
        _delete.Bind(1, entryRow);
        _delete.Run();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
    }
}
