using System.Diagnostics;

namespace Postroom.Load.Driving;

/// <summary>Every latency of a run, kept whole: percentiles are exact, not estimates of a histogram.</summary>
internal sealed class Latencies(int expected)
{
    private const double UnitsPerSecond = 10_000_000; // 100 ns fits 429 s into 32 bits

    private static readonly double s_unitsPerTick = UnitsPerSecond / Stopwatch.Frequency;

    private uint[] _values = new uint[expected];
    private int _count;
    private bool _sorted;

    internal int Count => _count;

    internal void Add(long ticks)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(1024, _values.Length * 2));
        }

        _values[_count++] = (uint)Math.Clamp(ticks * s_unitsPerTick, 0, uint.MaxValue);
        _sorted = false;
    }

    /// <summary>The nearest-rank percentile in milliseconds; 100 is the maximum.</summary>
    internal double Percentile(double percent)
    {
        if (_count == 0)
        {
            return 0;
        }

        if (!_sorted)
        {
            Array.Sort(_values, 0, _count);
            _sorted = true;
        }

        var rank = (int)Math.Ceiling((percent / 100 * _count) - 1e-6); // 99.9 % of 1,000 is 999, not a hair more
        return _values[Math.Clamp(rank, 1, _count) - 1] * (1000 / UnitsPerSecond);
    }

    internal LatencySummary Summarise()
    {
        return new LatencySummary(
            Percentile(50), Percentile(90), Percentile(99), Percentile(99.9), Percentile(100));
    }
}
