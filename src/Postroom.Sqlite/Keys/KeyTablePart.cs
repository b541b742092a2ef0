using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// One open-addressing table with linear probing. A key is never taken out: its row becomes a mark for none.
/// </summary>
internal sealed class KeyTablePart
{
    private const int SlotsAtFirst = 16;
    private const long None = -1;

    private readonly Lock _lock = new();
    private KeyRow[] _slots = new KeyRow[SlotsAtFirst];
    private int _used;

    public long Find(KeyHash key)
    {
        lock (_lock)
        {
            return Math.Max(_slots[Probe(_slots, key)].Row, 0);
        }
    }

    /// <summary>Sets the key's row and gives the one before, or 0.</summary>
    public long Set(KeyHash key, long row, out bool added)
    {
        lock (_lock)
        {
            ref var slot = ref _slots[Probe(_slots, key)];
            added = slot.Row == 0;
            var before = Math.Max(slot.Row, 0);
            slot = new KeyRow(key, row == 0 ? None : row);
            if (added && ++_used * 4 > _slots.Length * 3)
            {
                Grow();
            }

            return before;
        }
    }

    /// <summary>
    /// Copies what stands for a row to the array from an index on, and gives the index after the last one.
    /// </summary>
    public int CopyTo(KeyRow[] keys, int index)
    {
        lock (_lock)
        {
            foreach (ref readonly var slot in _slots.AsSpan())
            {
                if (slot.Row > 0)
                {
                    keys[index++] = slot;
                }
            }

            return index;
        }
    }

    private static int Probe(KeyRow[] slots, KeyHash key)
    {
        // The hash is a digest: its low bits are as good as any, and its high bits chose the part.
        var mask = slots.Length - 1;
        var index = (int)key.Low & mask;
        while (slots[index].Row != 0 && slots[index].Key != key)
        {
            index = (index + 1) & mask;
        }

        return index;
    }

    private void Grow()
    {
        var slots = new KeyRow[_slots.Length * 2];
        foreach (ref readonly var slot in _slots.AsSpan())
        {
            if (slot.Row != 0)
            {
                slots[Probe(slots, slot.Key)] = slot;
            }
        }

        _slots = slots;
    }
}
