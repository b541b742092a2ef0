namespace Postroom.Load.Driving;

/// <summary>Which numbered requests were answered with a 201: one bit each.</summary>
internal sealed class AcknowledgedSet
{
    private ulong[] _bits = new ulong[1 << 16];

    internal long Count { get; private set; }

    /// <summary>Requests sent whose answer never came whole: stored or not, both are right.</summary>
    internal long Unknown { get; private set; }

    /// <summary>The number of the next request.</summary>
    internal long Next { get; private set; }

    internal long Take() => Next++;

    internal void Acknowledge(long sequence)
    {
        var word = (int)(sequence >> 6);
        if (word >= _bits.Length)
        {
            Array.Resize(ref _bits, Math.Max(_bits.Length * 2, word + 1));
        }

        _bits[word] |= 1UL << (int)(sequence & 63);
        Count++;
    }

    internal void LoseSightOf() => Unknown++;

    internal IEnumerable<long> Sequences()
    {
        for (long sequence = 0; sequence < Next && sequence >> 6 < _bits.Length; sequence++)
        {
            if ((_bits[sequence >> 6] & (1UL << (int)(sequence & 63))) != 0)
            {
                yield return sequence;
            }
        }
    }
}
