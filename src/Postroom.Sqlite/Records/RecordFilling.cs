using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>Reads documents of rows that are there and fills the columns and totals that are new.</summary>
internal sealed class RecordFilling
{
    private readonly RecordRows _rows;
    private readonly List<int> _columns;
    private readonly List<ShapeSum> _sums;
    private readonly SqliteStatement _read;
    private readonly SqliteStatement? _write;

    public RecordFilling(RecordRows rows)
    {
        _rows = rows;
        var shape = rows.Shape;
        _columns = [.. Enumerable.Range(0, shape.Columns.Count).Where(i => !shape.Columns[i].IsFilled)];
        _sums = [.. shape.Sums.Where(sum => !sum.IsFilled)];
        _read = rows.Statement(
            $"SELECT row, held_until, document FROM \"{shape.Name}\" WHERE row > ?1 ORDER BY row LIMIT ?2");
        var values = _columns.Select((column, i) =>
            FormattableString.Invariant($"\"{shape.Columns[column].Name}\" = ?{i + 2}"));
        _write = _columns.Count == 0
            ? null
            : rows.Statement($"UPDATE \"{shape.Name}\" SET {string.Join(", ", values)} WHERE row = ?1");
    }

    /// <summary>Fills at most so many rows after that one, and says how many and which was the last.</summary>
    public (int Rows, long Last) Run(long after, int max)
    {
        var read = new List<(long Row, long? HeldUntil, RecordValue[] Values)>(max);
        _read.Bind(1, after);
        _read.Bind(2, max);
        while (_read.Step())
        {
            read.Add((_read.Number(0), _read.IsNull(1) ? null : _read.Number(1), _rows.Shape.Read(_read.Bytes(2))));
        }

        _read.Reset();
        foreach (var (row, heldUntil, values) in read)
        {
            Write(row, values);
            foreach (var sum in _sums)
            {
                _rows.Sums?.Fill(sum, heldUntil, values);
            }
        }

        return (read.Count, read.Count == 0 ? after : read[^1].Row);
    }

    private void Write(long row, RecordValue[] values)
    {
        if (_write is null)
        {
            return;
        }

        _write.Bind(1, row);
        for (var i = 0; i < _columns.Count; i++)
        {
            RecordFields.Bind(_write, i + 2, values[_columns[i]]);
        }

        _write.Run();
    }
}
