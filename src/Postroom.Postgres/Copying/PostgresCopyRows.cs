using System.Data;
using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>Reads the rows of a table as they come over the connection.</summary>
internal sealed class PostgresCopyRows : ICopyRows
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _rows;
    private readonly IReadOnlyList<CopyColumn> _columns;
    private readonly byte[] _id = new byte[EntryId.Size];
    private bool _isAtEnd;

    public PostgresCopyRows(
        Database database, NpgsqlConnection connection, CopyTable table, ReadOnlySpan<byte> after, CopyScope scope)
    {
        _columns = table.Columns;
        var sql = database.Sql(PostgresCopyTables.Of(table).Select(!after.IsEmpty, scope));
        _command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        var fields = new CopyFields(after);
        foreach (var column in table.KeyColumns)
        {
            if (!after.IsEmpty)
            {
                fields.Next();
                _command.Parameters.Add(Parameter(column.Kind, fields));
            }
        }

        _rows = _command.ExecuteReader(CommandBehavior.Default);
    }

    /// <summary>Reads what a command gives, in the columns of a table.</summary>
    public PostgresCopyRows(NpgsqlCommand command, CopyTable table)
    {
        _columns = table.Columns;
        _command = command;
        _rows = command.ExecuteReader(CommandBehavior.Default);
    }

    public bool Read(CopySlice slice)
    {
        while (!_isAtEnd && !slice.IsFull)
        {
            if (!_rows.Read())
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

    // One that is left before its end is cancelled, not read to it.
    public void Dispose()
    {
        if (!_isAtEnd)
        {
            _command.Cancel();
        }

        try
        {
            _rows.Dispose();
        }
        catch (PostgresException ended) when (ended.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // As was asked.
        }

        _command.Dispose();
    }

    /// <summary>The value of a key as a parameter.</summary>
    public static NpgsqlParameter Parameter(CopyKind kind, in CopyFields field) => kind switch
    {
        CopyKind.Number => Parameters.Long(field.Number),
        CopyKind.Integer => Parameters.Int((int)field.Number),
        CopyKind.Flag => Parameters.Flag(field.Number != 0),
        CopyKind.Text => Parameters.Text(System.Text.Encoding.UTF8.GetString(field.Bytes)),
        CopyKind.Bytes => Parameters.Bytea(field.Bytes.ToArray()),
        _ => Parameters.Uuid(new Guid(field.Bytes, bigEndian: true)),
    };

    private void Add(CopySlice slice, int column)
    {
        if (_rows.IsDBNull(column))
        {
            slice.AddNull();
            return;
        }

        switch (_columns[column].Kind)
        {
            case CopyKind.Number or CopyKind.Integer or CopyKind.Flag:
                slice.Add(_rows.GetInt64(column));
                break;
            case CopyKind.Id:
                _rows.GetGuid(column).TryWriteBytes(_id, bigEndian: true, out _);
                slice.Add(_id);
                break;
            default:
                slice.Add(_rows.GetFieldValue<byte[]>(column));
                break;
        }
    }
}
