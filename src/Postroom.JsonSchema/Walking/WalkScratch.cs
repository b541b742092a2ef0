using Postroom.JsonSchema.Faults;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

/// <summary>The memory a walk works in, kept from walk to walk so that a valid document allocates nothing.</summary>
internal sealed class WalkScratch
{
    private const int KeptBytesMax = 64 * 1024;

    private byte[] _bytes = [];
    private ulong[] _seen = [];
    private int _seenCount;

    public NameSet Names { get; } = new();

    public BranchMemo Memo { get; } = new();

    public ItemSet Items { get; } = new();

    public List<PendingFault> Faults { get; } = [];

    /// <summary>The schemas that the values in work were given to and fit: what they evaluated can be told from them
    /// and the value. The last ones belong to the innermost value.</summary>
    public List<SchemaNode> Applied { get; } = [];

    /// <summary>Sets the rest free that a walk which stopped early left open.</summary>
    public int SeenWords { get => _seenCount; set => _seenCount = value; }

    /// <summary>The content of the buffers lasts until the next call.</summary>
    public byte[] Bytes(int length) => _bytes.Length >= length ? _bytes : _bytes = new byte[Rounded(length)];

    /// <summary>Bits for an object with more names than fit one word; gives the first bit's index.</summary>
    public int OpenSeen(int names)
    {
        int words = (names + 63) / 64;
        if (_seenCount + words > _seen.Length)
        {
            Array.Resize(ref _seen, Math.Max(_seenCount + words, _seen.Length * 2));
        }

        Array.Clear(_seen, _seenCount, words);
        _seenCount += words;
        return (_seenCount - words) * 64;
    }

    public void CloseSeen(int first) => _seenCount = first / 64;

    public bool IsSeen(int bit) => (_seen[bit / 64] & (1UL << bit)) != 0;

    /// <summary>False when the bit was set before.</summary>
    public bool MarkSeen(int bit)
    {
        ref ulong word = ref _seen[bit / 64];
        ulong before = word;
        word |= 1UL << bit;
        return word != before;
    }

    public void Clear()
    {
        Names.Clear();
        Memo.Clear();
        Items.Clear();
        Faults.Clear();
        Applied.Clear();
        _seenCount = 0;
        _bytes = _bytes.Length > KeptBytesMax ? [] : _bytes;
    }

    private static int Rounded(int length) => Math.Max(256, length);
}
