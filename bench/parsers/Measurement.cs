namespace Postroom.Bench.Parsers;

/// <summary>
/// Times both sides in turn and in small slices, so that a neighbour on the machine slows both alike: processor time of
/// the process, the median of all slices, and bytes allocated for each body.
/// </summary>
internal static class Measurement
{
    private const int Rounds = 41;
    private static readonly TimeSpan SliceAtLeast = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmFor = TimeSpan.FromMilliseconds(400);

    public static async Task<Result> RunAsync(Contest contest)
    {
        await WarmAsync(contest.Ours, contest.Body);
        await WarmAsync(contest.Theirs, contest.Body);
        var oursRepeats = await RepeatsAsync(contest.Ours, contest.Body);
        var theirsRepeats = await RepeatsAsync(contest.Theirs, contest.Body);
        var ours = new List<double>();
        var theirs = new List<double>();
        double oursAllocated = 0, theirsAllocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (var time, oursAllocated) = await TimeAsync(contest.Ours, contest.Body, oursRepeats);
            ours.Add(time);
            (time, theirsAllocated) = await TimeAsync(contest.Theirs, contest.Body, theirsRepeats);
            theirs.Add(time);
        }

        return new Result(contest, Median(ours), Median(theirs), oursAllocated, theirsAllocated);
    }

    /// <summary>The runtime compiles again what runs often, in another thread; that must be over.</summary>
    private static async Task WarmAsync(Func<byte[], ValueTask<long>> read, byte[] body)
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < WarmFor)
        {
            await TimeAsync(read, body, 50);
            await Task.Delay(1);
        }
    }

    /// <summary>How many bodies fill a slice; told by processor time, as a busy machine stretches the clock.</summary>
    private static async Task<int> RepeatsAsync(Func<byte[], ValueTask<long>> read, byte[] body)
    {
        var repeats = 1;
        while ((await TimeAsync(read, body, repeats)).Nanoseconds * repeats < SliceAtLeast.TotalNanoseconds)
        {
            repeats *= 2;
        }

        return repeats;
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
