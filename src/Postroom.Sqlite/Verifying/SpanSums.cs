namespace Postroom.Sqlite.Verifying;

/// <summary>What the entries of one endpoint in one span add up to.</summary>
internal sealed class SpanSums
{
    public long[] Counts { get; } = new long[4];

    public long Bytes { get; set; }

    public long Oldest { get; set; } = long.MaxValue;
}
