using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>
/// A prepared statement that is bound, run and reset again and again. Parameters count from 1, columns from 0.
/// </summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;

    // Which of the first 64 parameters hold a value: a new statement's are all null, and most rows leave many so.
    private ulong _bound;

    public int Parameters => raw.sqlite3_bind_parameter_count(handle);

    public int Columns => raw.sqlite3_column_count(handle);

    public bool IsReadOnly => raw.sqlite3_stmt_readonly(handle) != 0;

    public bool IsEmpty => handle.IsInvalid;

    public void Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        Mark(index);
    }

    public void Bind(int index, double value)
    {
        connection.Check(raw.sqlite3_bind_double(handle, index, value));
        Mark(index);
    }

    public void BindNull(int index)
    {
        if (index > 64 || (_bound & (1UL << (index - 1))) != 0)
        {
            connection.Check(raw.sqlite3_bind_null(handle, index));
            _bound &= index > 64 ? ulong.MaxValue : ~(1UL << (index - 1));
        }
    }

    public void BindBlob(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, index, value));
        Mark(index);
    }

    /// <summary>Binds UTF-8 as text.</summary>
    public void BindText(int index, ReadOnlySpan<byte> utf8)
    {
        connection.Check(raw.sqlite3_bind_text(handle, index, utf8));
        Mark(index);
    }

    public void BindText(int index, string? value)
    {
        if (value is null)
        {
            BindNull(index);
            return;
        }

        var max = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (max <= StackBytes)
        {
            Span<byte> small = stackalloc byte[StackBytes];
            BindText(index, small[..Encoding.UTF8.GetBytes(value, small)]);
            return;
        }

        var large = ArrayPool<byte>.Shared.Rent(max);
        BindText(index, large.AsSpan(0, Encoding.UTF8.GetBytes(value, large)));
        ArrayPool<byte>.Shared.Return(large);
    }

    /// <summary>Goes to the next row: false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Failed(code),
        };
    }

    /// <summary>Runs the statement to its end and makes it ready again.</summary>
    public void Run()
    {
        while (Step())
        {
            // A statement that is run for its effect may return rows: nobody asked for them.
        }

        Reset();
    }

    /// <summary>Makes the statement ready to be bound and run again. Its parameters keep their values.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    /// <summary>Makes all parameters null.</summary>
    public void Clear()
    {
        raw.sqlite3_clear_bindings(handle);
        _bound = 0;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public int Type(int column) => raw.sqlite3_column_type(handle, column);

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The bytes of a text or blob, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    public string Name(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    public void Dispose() => handle.Dispose();

    private void Mark(int index)
    {
        if (index <= 64)
        {
            _bound |= 1UL << (index - 1);
        }
    }

    private SqliteException Failed(int code)
    {
        var failure = connection.Failure(code);
        raw.sqlite3_reset(handle);
        return failure;
    }
}
