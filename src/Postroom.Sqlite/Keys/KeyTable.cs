using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// Keys and the rows they stand for, in memory: one writer, any readers. It is split into parts that lock and grow each
/// for itself, so that growth never stops the writer for long and a reader rarely meets it.
/// </summary>
internal sealed class KeyTable
{
    private const int PartBits = 6;

    private readonly KeyTablePart[] _parts = new KeyTablePart[1 << PartBits];
    private long _count;

    public KeyTable()
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            _parts[i] = new KeyTablePart();
        }
    }

    /// <summary>How many keys it holds, withdrawn ones among them.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>The row that the key stands for, or 0.</summary>
    public long Find(KeyHash key) => Part(key).Find(key);

    /// <summary>Makes the key stand for the row, or with 0 for none. Only the writer calls it.</summary>
    /// <returns>The row that it stood for, or 0: what to set again to undo this.</returns>
    public long Set(KeyHash key, long row)
    {
        var before = Part(key).Set(key, row, out var added);
        Volatile.Write(ref _count, _count + (added ? 1 : 0));
        return before;
    }

    /// <summary>All keys that stand for a row, in the order of their bytes.</summary>
    public KeyRow[] ToSortedArray()
    {
        var keys = new KeyRow[Count];
        var count = 0;
        foreach (var part in _parts)
        {
            // Parts are cut by the highest bits: sorted one after the other, they are sorted as a whole.
            var begin = count;
            count = part.CopyTo(keys, begin);
            keys.AsSpan(begin, count - begin).Sort(static (left, right) => left.Key.CompareTo(right.Key));
        }

        return keys[..count];
    }

    private KeyTablePart Part(KeyHash key) => _parts[key.High >> (64 - PartBits)];
}
