using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// Tells of most absent keys that they are absent, by a look at one cache line or two: a key sets one bit in each of the eight words of
/// one block. With 12 bits a key about 3 absent keys in 1000 are not told.
/// </summary>
internal sealed class BlockedBloomFilter
{
    private const int BitsForKey = 12;
    private const int WordsOfBlock = 8;
    private const int BitsOfBlock = WordsOfBlock * 32;

    // Odd multipliers that give each word of the block a bit of its own choice.
    private static readonly uint[] s_salts =
        [0xd9fe68eb, 0xbe17471b, 0xd2b19a9d, 0x1e1f7edf, 0x1cc49f27, 0xa63e8821, 0xefa77569, 0xbe1024f7];

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

    public void Add(KeyHash key)
    {
        var block = Block(key);
        for (var i = 0; i < WordsOfBlock; i++)
        {
            block[i] |= Bit(key, i);
        }
    }

    /// <summary>False when the key was certainly not added.</summary>
    public bool MayHold(KeyHash key)
    {
        var block = Block(key);
        for (var i = 0; i < WordsOfBlock; i++)
        {
            if ((block[i] & Bit(key, i)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static uint Bit(KeyHash key, int word) => 1u << (int)(((uint)key.High * s_salts[word]) >> 27);

    private Span<uint> Block(KeyHash key)
    {
        var block = Math.BigMul(key.Low, _blocks, out _);
        return Words.AsSpan((int)block * WordsOfBlock, WordsOfBlock);
    }
}
