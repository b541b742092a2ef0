namespace Postroom.Storage;

/// <summary>Makes entry ids whose rows rise strictly, whatever the clock does (RFC 9562 §6.2, method 1).</summary>
/// <param name="time">The clock of the ids.</param>
/// <param name="entropy">Where their random bits come from.</param>
/// <param name="node">
/// Which of the nodes that share a store makes them, below <paramref name="nodes"/>: rows of different nodes differ.
/// </param>
/// <param name="nodes">How many nodes there can be: a power of two, 1 where a store belongs to one process.</param>
public sealed class EntryIdSource(TimeProvider time, EntropySource entropy, int node = 0, int nodes = 1)
{
    private long _lastRow;

    /// <summary>
    /// Makes every later id greater than <paramref name="row"/>; a store calls it with its last row at start.
    /// </summary>
    public void StartAfter(long row)
    {
        var last = Volatile.Read(ref _lastRow);
        while (row > last)
        {
            var seen = Interlocked.CompareExchange(ref _lastRow, row, last);
            if (seen == last)
            {
                return;
            }

            last = seen;
        }
    }

    /// <summary>The next id. Safe to call from any thread.</summary>
    public EntryId Next()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() << 12;
        var last = Volatile.Read(ref _lastRow);
        while (true)
        {
            var next = Math.Max(now, last + 1);
            next += (node - next) & (nodes - 1);
            var seen = Interlocked.CompareExchange(ref _lastRow, next, last);
            if (seen == last)
            {
                return EntryId.FromRow(next, entropy.NextUInt64());
            }

            last = seen;
        }
    }
}
