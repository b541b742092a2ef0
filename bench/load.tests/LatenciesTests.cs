using System.Diagnostics;
using Postroom.Load.Driving;

namespace Postroom.Load.Tests;

public sealed class LatenciesTests
{
    [Fact]
    public void PercentilesAreThoseOfTheNearestRank()
    {
        var latencies = new Latencies(expected: 0);
        for (var milliseconds = 1000; milliseconds >= 1; milliseconds--)
        {
            latencies.Add(milliseconds * Stopwatch.Frequency / 1000);
        }

        var summary = latencies.Summarise();
        Assert.Equal(500, summary.P50, 3);
        Assert.Equal(900, summary.P90, 3);
        Assert.Equal(990, summary.P99, 3);
        Assert.Equal(999, summary.P999, 3);
        Assert.Equal(1000, summary.Maximum, 3);
    }
}
