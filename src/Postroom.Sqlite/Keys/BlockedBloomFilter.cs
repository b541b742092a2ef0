using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// Tells of most absent keys that they are absent, by a look at one cache line or two: a key sets one bit in each of
/// the eight words of one block. With 16 bits a key fewer than 1 absent key in 1000 is not told.
/// </summary>
internal sealed class BlockedBloomFilter
{
    private const int BitsForKey = 16;
    private const int BitsOfBlock = 256;
    private const int WordsOfBlock = BitsOfBlock / 32;

    private readonly ulong _blocks;

    private BlockedBloomFilter(uint[] words)
    {
        Words = words;
        _blocks = (ulong)(words.Length / WordsOfBlock);
    }

    /// <summary>The bits, as they are kept in a file.</summary>
    public uint[] Words { get; }

    /// <summary>An empty filter for so many keys.</summary>
    public static BlockedBloomFilter For(long keys) => new(new uint[WordCount(keys)]);

    /// <summary>The filter with these bits.</summary>
    public static BlockedBloomFilter Over(uint[] words) => new(words);

    /// <summary>How many words a filter for so many keys has.</summary>
    public static int WordCount(long keys) =>
        checked((int)(Math.Max(1, ((keys * BitsForKey) + BitsOfBlock - 1) / BitsOfBlock) * WordsOfBlock));

    /// <summary>The bits of a key in its block: five bits of the digest choose one in each word.</summary>
    public static Vector256<uint> BitsOf(KeyHash key)
    {
        // 40 of the 64 bits; the block is chosen by the other half of the key, so the two choices are independent.
        var choice = key.High;
        return Vector256.Create(
            Bit(choice), Bit(choice >> 5), Bit(choice >> 10), Bit(choice >> 15),
            Bit(choice >> 20), Bit(choice >> 25), Bit(choice >> 30), Bit(choice >> 35));
    }

    public void Add(KeyHash key) => Block(key) |= BitsOf(key);

    /// <summary>False when the key was certainly not added.</summary>
    public bool MayHold(in KeyProbe probe)
    {
        // No branch before the last: the processor can fetch the next generation's line while it waits for this one.
        var missing = Vector256.AndNot(probe.Bits, Block(probe.Key));
        return missing == Vector256<uint>.Zero;
    }

    private static uint Bit(ulong choice) => 1u << (int)(choice & 31);

    private ref Vector256<uint> Block(KeyHash key)
    {
        var block = Math.BigMul(key.Low, _blocks, out _);
        return ref Unsafe.As<uint, Vector256<uint>>(
            ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Words), (nint)block * WordsOfBlock));
    }
}
