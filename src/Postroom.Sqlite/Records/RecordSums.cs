using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Sqlite.Records;

/// <summary>
/// What the records of each key weigh. Those that count for good are kept as a total, so that a full key costs no more
/// than an empty one; those that are held are few, and are added up by an index each time.
/// </summary>
internal sealed class RecordSums
{
    // A total takes more than 64 bits when weights are great: it is kept in two parts.
    private const int TakenBits = 62;

    private readonly RecordRows _rows;
    private readonly SqliteStatement _read;
    private readonly SqliteStatement _write;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement?[] _held;

    public RecordSums(RecordRows rows)
    {
        _rows = rows;
        _held = new SqliteStatement?[rows.Shape.Sums.Count];
        _read = rows.Statement(
            "SELECT taken, overflow FROM record_sums WHERE record_table = ?1 AND rule = ?2 AND key = ?3");
        _write = rows.Statement("INSERT OR REPLACE INTO record_sums VALUES (?1, ?2, ?3, ?4, ?5)");
        _delete = rows.Statement("DELETE FROM record_sums WHERE record_table = ?1 AND rule = ?2 AND key = ?3");
    }

    /// <summary>Takes in that a row has these values.</summary>
    public void Add(long row, long? heldUntil, RecordValue[] values) => Move(row, heldUntil, values, 1);

    /// <summary>Takes in that a row no longer has these values.</summary>
    public void Remove(RecordFacts facts, RecordValue[] values) => Move(facts.Row, facts.HeldUntil, values, -1);

    /// <summary>Adds a row to one total, while it is being made.</summary>
    public void Fill(ShapeSum sum, long? heldUntil, RecordValue[] values)
    {
        if (heldUntil is null)
        {
            Move(sum, values, 1);
        }
    }

    /// <summary>What the records of a key weigh together that count at that time.</summary>
    public Int128 Of(ShapeSum sum, IReadOnlyList<RecordValue> key, long now)
    {
        Find(_read, sum, RecordKey.Of(key));
        var total = _read.Step() ? Whole(_read) : 0;
        _read.Reset();
        var held = Held(sum);
        RecordRows.Bind(held, key);
        held.Bind(key.Count + 1, now);
        while (held.Step())
        {
            total += Math.Max(0, held.Number(0));
        }

        held.Reset();
        return total;
    }

    /// <summary>What one record with these values weighs.</summary>
    public static long Weight(ShapeSum sum, RecordValue[] values) =>
        sum.WeightPosition < 0 ? 1 : Math.Max(0, values[sum.WeightPosition].Integer);

    /// <summary>The key of a record with these values.</summary>
    public static RecordValue[] Key(ShapeSum sum, RecordValue[] values) =>
        [.. sum.PerPositions.Select(position => values[position])];

    private void Move(long row, long? heldUntil, RecordValue[] values, int sign)
    {
        if (heldUntil is not null)
        {
            return;
        }

        foreach (var sum in _rows.Shape.Sums)
        {
            if (sum.IsFilled || row <= _rows.FilledTo)
            {
                Move(sum, values, sign);
            }
        }
    }

    private void Move(ShapeSum sum, RecordValue[] values, int sign)
    {
        var weight = Weight(sum, values);
        if (weight == 0)
        {
            return;
        }

        var key = RecordKey.Of(Key(sum, values));
        Find(_read, sum, key);
        var total = (_read.Step() ? Whole(_read) : 0) + ((Int128)weight * sign);
        _read.Reset();
        if (total == 0)
        {
            Find(_delete, sum, key);
            _delete.Run();
            return;
        }

        Find(_write, sum, key);
        _write.Bind(4, (long)(total & ((Int128.One << TakenBits) - 1)));
        _write.Bind(5, (long)(total >> TakenBits));
        _write.Run();
    }

    private static Int128 Whole(SqliteStatement row) => ((Int128)row.Number(1) << TakenBits) + row.Number(0);

    private void Find(SqliteStatement statement, ShapeSum sum, byte[] key)
    {
        statement.Bind(1, _rows.Shape.Number);
        statement.Bind(2, sum.Number);
        statement.BindBlob(3, key);
    }

    private SqliteStatement Held(ShapeSum sum)
    {
        var index = 0;
        while (!ReferenceEquals(_rows.Shape.Sums[index], sum))
        {
            index++;
        }

        return _held[index] ??= _rows.Statement(FormattableString.Invariant(
            $"""
            SELECT {(sum.Weight is { } weight ? $"\"{weight}\"" : "1")} FROM "{_rows.Shape.Name}"
            WHERE {RecordView.Same(sum.Per)} AND held_until > ?{sum.Per.Count + 1}
            """));
    }
}
