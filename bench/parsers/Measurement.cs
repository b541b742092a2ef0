using System.Diagnostics;

namespace Postroom.Bench.Parsers;

/// <summary>
/// Times both sides in turn, so that a neighbour on the machine slows both alike: processor time of the process, the
/// median of all rounds, and bytes allocated for each body.
/// </summary>
internal static class Measurement
{
    private const int Rounds = 15;
    private static readonly TimeSpan RoundAtLeast = TimeSpan.FromMilliseconds(100);

    public static async Task<Result> RunAsync(Contest contest)
    {
        var repeats = await RepeatsAsync(contest);
        var ours = new List<double>();
        var theirs = new List<double>();
        double oursAllocated = 0, theirsAllocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (var time, oursAllocated) = await TimeAsync(contest.Ours, contest.Body, repeats);
            ours.Add(time);
            (time, theirsAllocated) = await TimeAsync(contest.Theirs, contest.Body, repeats);
            theirs.Add(time);
        }

        return new Result(contest, Median(ours), Median(theirs), oursAllocated, theirsAllocated);
    }

    private static async Task<int> RepeatsAsync(Contest contest)
    {
        var repeats = 1;
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            await TimeAsync(contest.Ours, contest.Body, repeats);
            await TimeAsync(contest.Theirs, contest.Body, repeats);
            if (Stopwatch.GetElapsedTime(start) > RoundAtLeast * 2)
            {
                return repeats;
            }

            repeats *= 2;
        }
    }

    private static async Task<(double Nanoseconds, double Allocated)> TimeAsync(
        Func<byte[], ValueTask<long>> read, byte[] body, int repeats)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Environment.CpuUsage.TotalTime;
        long sum = 0;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            sum += await read(body);
        }

        var time = Environment.CpuUsage.TotalTime - start;
        if (sum == 0)
        {
            throw new InvalidOperationException("Nothing was read.");
        }

        return (time.TotalNanoseconds / repeats, (double)(GC.GetTotalAllocatedBytes() - allocated) / repeats);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
