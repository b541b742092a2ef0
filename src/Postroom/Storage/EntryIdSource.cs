namespace Postroom.Storage;

/// <summary>Makes entry ids whose rows rise strictly, whatever the clock does (RFC 9562 §6.2, method 1).</summary>
public sealed class EntryIdSource(TimeProvider time, EntropySource entropy)
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
            var seen = Interlocked.CompareExchange(ref _lastRow, next, last);
            if (seen == last)
            {
                return EntryId.FromRow(next, entropy.NextUInt64());
            }

            last = seen;
        }
    }
}
