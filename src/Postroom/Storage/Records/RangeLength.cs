using System.Numerics;

namespace Postroom.Storage.Records;

/// <summary>
/// Ranges by the order of their length: 0 for what is no longer than nothing, k for 2^(k-1) to 2^k - 1. Whoever looks
/// for overlaps within one order need not look further back than its longest, however long others are.
/// </summary>
internal static class RangeLength
{
    /// <summary>The greatest order.</summary>
    public const int Max = 64;

    /// <summary>The order of a range, or none when it has no start or no end.</summary>
    public static RecordValue Of(RecordValue from, RecordValue to)
    {
        if (from.Kind != RecordValueKind.Integer || to.Kind != RecordValueKind.Integer)
        {
            return RecordValue.None;
        }

        var length = to.Integer <= from.Integer ? 0 : unchecked((ulong)(to.Integer - from.Integer));
        return RecordValue.Of((long)(Max - BitOperations.LeadingZeroCount(length)));
    }

    /// <summary>A range of that order that ends after <paramref name="end"/> begins after this.</summary>
    public static long Before(long end, int order)
    {
        var longest = order == 0 ? 0 : (UInt128.One << order) - 1;
        var start = end - (Int128)longest;
        return start < long.MinValue ? long.MinValue : (long)start;
    }
}
