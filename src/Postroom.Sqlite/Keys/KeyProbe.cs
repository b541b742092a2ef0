using System.Runtime.Intrinsics;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>A key with the bits that it has in every filter, worked out once for all generations.</summary>
internal readonly struct KeyProbe(KeyHash key)
{
    public KeyHash Key { get; } = key;

    /// <summary>One bit in each word of a block.</summary>
    public Vector256<uint> Bits { get; } = BlockedBloomFilter.BitsOf(key);
}
