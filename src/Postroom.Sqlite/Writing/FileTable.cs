using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over what is known of the files of entries.</summary>
internal sealed class FileTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO entry_files VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    private readonly SqliteStatement _deleteOf =
        connection.Prepare("DELETE FROM entry_files WHERE entry_row = ?1 RETURNING id");

    public void Insert(Entry entry)
    {
        for (var position = 0; position < entry.Files.Count; position++)
        {
            Insert(entry.Id.Row, position, entry.Files[position]);
        }
    }

    /// <summary>Forgets the files of an entry, and tells which they were.</summary>
    public IReadOnlyList<EntryId> DeleteOf(long entryRow)
    {
        IReadOnlyList<EntryId> none = [];
        List<EntryId>? files = null;
        _deleteOf.Bind(1, entryRow);
        while (_deleteOf.Step())
        {
            (files ??= []).Add(EntryId.Read(_deleteOf.Bytes(0)));
        }

        _deleteOf.Reset();
        return files ?? none;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _deleteOf.Dispose();
    }

    private void Insert(long entryRow, int position, EntryFile file)
    {
        Span<byte> id = stackalloc byte[EntryId.Size];
        file.Id.WriteTo(id);
        _insert.Bind(1, entryRow);
        _insert.Bind(2, position);
        _insert.BindBlob(3, id);
        _insert.BindText(4, file.Field);
        _insert.BindText(5, file.Name);
        _insert.Bind(6, file.Size);
        _insert.BindText(7, file.MediaType);
        _insert.BindBlob(8, Convert.FromHexString(file.Digest));
        _insert.Run();
    }
}
