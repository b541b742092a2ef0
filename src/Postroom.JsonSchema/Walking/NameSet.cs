namespace Postroom.JsonSchema.Walking;

/// <summary>
/// The names an object has had that its schema does not know, to find a repeated one. A few are compared one by one;
/// more go into one hash table for the whole document, keyed by object and name, so the cost stays linear.
/// </summary>
internal sealed class NameSet
{
    private const int ComparedMax = 8;
    private const int KeptMax = 16 * 1024;

    private Name[] _open = new Name[32];
    private int _openCount;
    private Name[] _table = [];
    private int _tableCount;
    private int[] _slots = [];
    private byte[] _unescaped = new byte[64];
    private int _unescapedCount;

    /// <summary>Call when an object begins; give the result to <see cref="Add"/> and <see cref="Close"/>.</summary>
    public int Open() => _openCount;

    /// <summary>False when the object has the name already.</summary>
    /// <param name="json">The document.</param>
    /// <param name="opened">What <see cref="Open"/> gave.</param>
    /// <param name="owner">Where the object begins.</param>
    /// <param name="start">Where the name's content begins in the document.</param>
    /// <param name="name">The name without escapes.</param>
    /// <param name="escaped">Whether the name in the document has escapes.</param>
    public bool Add(
        ReadOnlySpan<byte> json, int opened, int owner, int start, ReadOnlySpan<byte> name, bool escaped)
    {
        start = escaped ? Keep(name) : start;
        var entry = new Name(owner, start, name.Length, escaped, 0, 0);
        int count = _openCount - opened;
        if (count < ComparedMax)
        {
            for (int index = opened; index < _openCount; index++)
            {
                if (Bytes(json, _open[index]).SequenceEqual(name))
                {
                    return false;
                }
            }

            Push(entry);
            return true;
        }

        if (count == ComparedMax)
        {
            for (int index = opened; index < _openCount; index++)
            {
                AddToTable(json, _open[index], Bytes(json, _open[index]));
            }

            Push(entry);
        }

        return AddToTable(json, entry, name);
    }

    /// <summary>Call when the object ends.</summary>
    public void Close(int opened) => _openCount = opened;

    public void Clear()
    {
        _openCount = 0;
        _unescapedCount = 0;
        _unescaped = _unescaped.Length > KeptMax ? new byte[64] : _unescaped;
        if (_tableCount == 0)
        {
            return;
        }

        _tableCount = 0;
        if (_slots.Length > KeptMax)
        {
            (_slots, _table) = ([], []);
            return;
        }

        Array.Clear(_slots);
    }

    private bool AddToTable(ReadOnlySpan<byte> json, in Name entry, ReadOnlySpan<byte> name)
    {
        if (_tableCount * 2 >= _slots.Length)
        {
            Grow();
        }

        uint hash = KeyedHash.Mix(KeyedHash.Of(name), (uint)entry.Owner);
        ref int slot = ref _slots[hash & (uint)(_slots.Length - 1)];
        for (int index = slot - 1; index >= 0; index = _table[index].Next - 1)
        {
            ref readonly Name other = ref _table[index];
            if (other.Hash == hash && other.Owner == entry.Owner && Bytes(json, other).SequenceEqual(name))
            {
                return false;
            }
        }

        _table[_tableCount++] = entry with { Hash = hash, Next = slot };
        slot = _tableCount;
        return true;
    }

    private void Grow()
    {
        int size = Math.Max(64, _slots.Length * 2);
        _slots = new int[size];
        Array.Resize(ref _table, size / 2 + 1);
        for (int index = 0; index < _tableCount; index++)
        {
            ref Name entry = ref _table[index];
            ref int slot = ref _slots[entry.Hash & (uint)(size - 1)];
            entry = entry with { Next = slot };
            slot = index + 1;
        }
    }

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> json, in Name name) =>
        name.Unescaped ? _unescaped.AsSpan(name.Start, name.Length) : json.Slice(name.Start, name.Length);

    private void Push(in Name entry)
    {
        if (_openCount == _open.Length)
        {
            Array.Resize(ref _open, _openCount * 2);
        }

        _open[_openCount++] = entry;
    }

    private int Keep(ReadOnlySpan<byte> name)
    {
        int start = _unescapedCount;
        if (start + name.Length > _unescaped.Length)
        {
            Array.Resize(ref _unescaped, Math.Max(start + name.Length, _unescaped.Length * 2));
        }

        name.CopyTo(_unescaped.AsSpan(start));
        _unescapedCount += name.Length;
        return start;
    }

    private readonly record struct Name(int Owner, int Start, int Length, bool Unescaped, uint Hash, int Next);
}
