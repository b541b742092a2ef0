using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>Writes the rows of slices into a table.</summary>
internal sealed class SqliteCopyInsert : IDisposable
{
    private readonly IReadOnlyList<CopyColumn> _columns;
    private readonly SqliteStatement[] _statements;

    public SqliteCopyInsert(SqliteConnection connection, CopyTable table)
    {
        var kept = SqliteCopyTables.Of(table);
        _columns = table.Columns;
        _statements = kept.Also is null
            ? [connection.Prepare(kept.Insert())]
            : [connection.Prepare(kept.Insert()), connection.Prepare(kept.Also)];
    }

    public void Run(CopySlice slice)
    {
        var fields = slice.Fields();
        while (fields.Rest > 0)
        {
            for (var column = 0; column < _columns.Count; column++)
            {
                fields.Next();
                foreach (var statement in _statements)
                {
                    if (column < statement.Parameters)
                    {
                        CopyBinding.Bind(statement, column + 1, _columns[column].Kind, fields);
                    }
                }
            }

            foreach (var statement in _statements)
            {
                statement.Run();
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }
    }
}
