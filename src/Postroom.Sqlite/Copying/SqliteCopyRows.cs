using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>Reads the rows of a table, as one statement that is stepped through.</summary>
internal sealed class SqliteCopyRows : ICopyRows
{
    private readonly SqliteStatement _select;
    private readonly IReadOnlyList<CopyColumn> _columns;
    private bool _isAtEnd;

    public SqliteCopyRows(SqliteConnection connection, CopyTable table, ReadOnlySpan<byte> after, CopyScope scope)
    {
        _columns = table.Columns;
        _select = connection.Prepare(SqliteCopyTables.Of(table).Select(!after.IsEmpty, scope));
        var fields = new CopyFields(after);
        foreach (var (index, column) in table.KeyColumns.Index())
        {
            if (!after.IsEmpty)
            {
                fields.Next();
                CopyBinding.Bind(_select, index + 1, column.Kind, fields);
            }
        }
    }

    /// <summary>Reads what a statement gives, in the columns of a table.</summary>
    public SqliteCopyRows(SqliteStatement select, CopyTable table) => (_select, _columns) = (select, table.Columns);

    public bool Read(CopySlice slice)
    {
        while (!_isAtEnd && !slice.IsFull)
        {
            if (!_select.Step())
            {
                _isAtEnd = true;
                break;
            }

            slice.BeginRow();
            for (var column = 0; column < _columns.Count; column++)
            {
                Add(slice, column);
            }
        }

        return slice.Rows > 0;
    }

    public void Dispose() => _select.Dispose();

    private void Add(CopySlice slice, int column)
    {
        if (_select.IsNull(column))
        {
            slice.AddNull();
        }
        else if (_columns[column].Kind is CopyKind.Number or CopyKind.Integer or CopyKind.Flag)
        {
            slice.Add(_select.Number(column));
        }
        else
        {
            slice.Add(_select.Bytes(column));
        }
    }
}
