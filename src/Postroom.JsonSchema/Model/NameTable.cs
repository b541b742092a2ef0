using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Postroom.JsonSchema.Model;

/// <summary>
/// Finds a UTF-8 name among those fixed when the schema was compiled. The seed of the hash is chosen so that the names
/// do not collide; a document cannot add to the table, so it cannot slow it down either.
/// </summary>
internal sealed class NameTable
{
    private const int SeedsTried = 64;

    private readonly string[] _texts;
    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly int[] _next;
    private readonly ulong _seed;
    private readonly int _shift;

    public NameTable(IReadOnlyList<string> names)
    {
        _texts = [.. names];
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _next = new int[_names.Length];
        int bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, _names.Length * 4)));
        _slots = new int[1 << bits];
        _shift = 64 - bits;
        _seed = BestSeed();
        Fill();
    }

    public static NameTable Empty { get; } = new([]);

    public int Count => _names.Length;

    public ReadOnlySpan<byte> this[int index] => _names[index];

    public string Text(int index) => _texts[index];

    /// <summary>The index of the name, or -1. <paramref name="guess"/> is tried first: documents mostly keep the
    /// order of their schema.</summary>
    public int Find(ReadOnlySpan<byte> name, int guess)
    {
        byte[][] names = _names;
        if ((uint)guess < (uint)names.Length && name.SequenceEqual(names[guess]))
        {
            return guess;
        }

        return names.Length == 0 ? -1 : Find(name);
    }

    public int Find(ReadOnlySpan<byte> name)
    {
        int index = _slots[Slot(name, _seed)] - 1;
        while (index >= 0 && !name.SequenceEqual(_names[index]))
        {
            index = _next[index] - 1;
        }

        return index;
    }

    private ulong BestSeed()
    {
        ulong seed = 0x9E3779B97F4A7C15, best = seed;
        int fewest = int.MaxValue;
        for (int attempt = 0; attempt < SeedsTried && fewest > 0; attempt++, seed = (seed * 6364136223846793005) | 1)
        {
            var taken = new HashSet<int>();
            int collisions = _names.Count(name => !taken.Add(Slot(name, seed)));
            if (collisions < fewest)
            {
                (fewest, best) = (collisions, seed);
            }
        }

        return best;
    }

    private void Fill()
    {
        for (int index = 0; index < _names.Length; index++)
        {
            ref int slot = ref _slots[Slot(_names[index], _seed)];
            _next[index] = slot;
            slot = index + 1;
        }
    }

    private int Slot(ReadOnlySpan<byte> name, ulong seed) => (int)(Sketch(name) * seed >> _shift);

    /// <summary>Length, first eight and last eight bytes: all of most names.</summary>
    private static ulong Sketch(ReadOnlySpan<byte> name)
    {
        ulong length = (ulong)name.Length * 0xD6E8FEB86659FD93;
        if (name.Length >= 8)
        {
            ulong head = MemoryMarshal.Read<ulong>(name);
            return length ^ head ^ BitOperations.RotateLeft(MemoryMarshal.Read<ulong>(name[^8..]), 29);
        }

        if (name.Length >= 4)
        {
            ulong head = MemoryMarshal.Read<uint>(name);
            return length ^ head ^ ((ulong)MemoryMarshal.Read<uint>(name[^4..]) << 32);
        }

        return name.IsEmpty ? 0 : length ^ name[0] ^ ((ulong)name[name.Length / 2] << 16) ^ ((ulong)name[^1] << 32);
    }
}
