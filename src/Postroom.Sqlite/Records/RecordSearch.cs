using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Records;

/// <summary>
/// Keeps the full-text table of a resource in step. The engine wants a row's old words to take them out.
/// </summary>
internal sealed class RecordSearch
{
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _remove;

    public RecordSearch(RecordRows rows)
    {
        var columns = string.Join(", ", rows.Shape.Search.Select(name => $"\"{name}\""));
        var (search, table) = ($"\"{rows.Shape.SearchName}\"", $"\"{rows.Shape.Name}\"");
        _add = rows.Statement(
            $"INSERT INTO {search} (rowid, {columns}) SELECT row, {columns} FROM {table} WHERE row = ?1");
        _remove = rows.Statement(
            $"""
            INSERT INTO {search} ({search}, rowid, {columns})
            SELECT 'delete', row, {columns} FROM {table} WHERE row = ?1
            """);
    }

    public void Add(long row)
    {
        _add.Bind(1, row);
        _add.Run();
    }

    /// <summary>Before the row is changed.</summary>
    public void Remove(long row)
    {
        _remove.Bind(1, row);
        _remove.Run();
    }
}
