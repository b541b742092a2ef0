using System.Buffers;

namespace Postroom.Parsing.Formats;

/// <summary>The names of a document, each once; looked up under a keyed hash, since senders choose them.</summary>
internal struct XmlNames() : IDisposable
{
    private const int FewNames = 32;

    private PooledList<XmlName> _names = new(FewNames);
    private int[] _slots = Rent(FewNames * 2);
    private int _slotCount = FewNames * 2;
    private int _last;

    public readonly ref XmlName this[int name] => ref _names[name];

    public readonly int Count => _names.Count;

    /// <summary>Finds or adds the name that stands in the buffer.</summary>
    public int Find(ReadOnlySpan<byte> buffer, int start, int length)
    {
        ReadOnlySpan<byte> name = buffer.Slice(start, length);
        if (_names.Count > 0)
        {
            int guess = _names[_last].Follower;
            if (name.SequenceEqual(TextOf(buffer, guess)))
            {
                return _last = guess;
            }
        }

        int found = LookUp(buffer, name);
        if (found == _names.Count)
        {
            ref XmlName added = ref _names.Add();
            (added.Start, added.Length) = (start, length);
            if (_names.Count * 2 > _slotCount)
            {
                Grow(buffer);
            }
        }

        _names[_last].Follower = found;
        return _last = found;
    }

    public readonly ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> buffer, int name) =>
        buffer.Slice(_names[name].Start, _names[name].Length);

    public void Dispose()
    {
        _names.Dispose();
        ArrayPool<int>.Shared.Return(_slots);
        _slots = [];
    }

    /// <summary>The name's index; that of the next one to come when it is new, whose slot is taken then.</summary>
    private readonly int LookUp(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> name)
    {
        uint slot = NameHash.Compute(0, name) & (uint)(_slotCount - 1);
        while (_slots[slot] > 0)
        {
            if (name.SequenceEqual(TextOf(buffer, _slots[slot] - 1)))
            {
                return _slots[slot] - 1;
            }

            slot = (slot + 1) & (uint)(_slotCount - 1);
        }

        _slots[slot] = _names.Count + 1;
        return _names.Count;
    }

    private void Grow(ReadOnlySpan<byte> buffer)
    {
        ArrayPool<int>.Shared.Return(_slots);
        _slotCount *= 2;
        _slots = Rent(_slotCount);
        for (int name = 0; name < _names.Count; name++)
        {
            uint slot = NameHash.Compute(0, TextOf(buffer, name)) & (uint)(_slotCount - 1);
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & (uint)(_slotCount - 1);
            }

            _slots[slot] = name + 1;
        }
    }

    private static int[] Rent(int count)
    {
        int[] slots = ArrayPool<int>.Shared.Rent(count);
        slots.AsSpan(0, count).Clear();
        return slots;
    }
}
