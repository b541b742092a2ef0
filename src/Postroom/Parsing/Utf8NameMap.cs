using System.Runtime.InteropServices;
using System.Text;

namespace Postroom.Parsing;

/// <summary>
/// Values by names that are looked up as UTF-8 bytes, without a string. Filled once; the names are the owner's.
/// </summary>
internal sealed class Utf8NameMap<TValue>
    where TValue : class
{
    private readonly List<(byte[] Name, TValue Value)> _entries = [];
    private int[] _heads = [-1];
    private readonly List<int> _next = [];

    public IEnumerable<TValue> Values => _entries.Select(entry => entry.Value);

    public void Add(string name, TValue value)
    {
        _entries.Add((Encoding.UTF8.GetBytes(name), value));
        _next.Add(-1);
        if (_entries.Count > _heads.Length)
        {
            _heads = new int[_heads.Length * 4];
            Array.Fill(_heads, -1);
            for (int index = 0; index < _entries.Count - 1; index++)
            {
                Link(index);
            }
        }

        Link(_entries.Count - 1);
    }

    public TValue? Find(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<(byte[] Name, TValue Value)> entries = CollectionsMarshal.AsSpan(_entries);
        for (int index = _heads[Bucket(name)]; index >= 0; index = _next[index])
        {
            if (name.SequenceEqual(entries[index].Name))
            {
                return entries[index].Value;
            }
        }

        return null;
    }

    private void Link(int index)
    {
        ref int head = ref _heads[Bucket(_entries[index].Name)];
        _next[index] = head;
        head = index;
    }

    private int Bucket(ReadOnlySpan<byte> name)
    {
        uint hash = (uint)name.Length;
        if (!name.IsEmpty)
        {
            hash = (hash * 31) + name[0];
            hash = (hash * 31) + name[name.Length / 2];
            hash = (hash * 31) + name[^1];
        }

        return (int)(hash & (uint)(_heads.Length - 1));
    }
}
