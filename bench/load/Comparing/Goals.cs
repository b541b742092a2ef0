using System.Globalization;

namespace Postroom.Load.Comparing;

/// <summary>The promises, judged from one comparison; one that was not measured is not listed.</summary>
internal static class Goals
{
    internal static IEnumerable<Goal> Judge(Findings findings)
    {
        var own = findings.Plan.Own;
        if (findings.Plan.Pinned || !findings.Closed.Exists(finding => finding.Contestant == own))
        {
            return [];
        }

        return Closed(findings).Concat(Open(findings)).Concat(Starts(findings)).Concat(Growth(findings))
            .Where(goal => !goal.Measured.Contains("NaN", StringComparison.Ordinal));
    }

    private static IEnumerable<Goal> Closed(Findings findings)
    {
        double Of(string contestant, int connections, Func<Stretch, double> value) => Median.Of(findings.Closed
            .Where(one => one.Contestant == contestant && one.Connections == connections)
            .Select(one => value(one.Stretch)));
        double Own(int connections, Func<Stretch, double> value) =>
            Of(findings.Plan.Own, connections, value);
        var writer = Contestants.All.First(contestant => contestant.Id == findings.Plan.Own).WriterThread ?? "writer";
        static double Rate(Stretch stretch) => stretch.Load.Rate;

        var toFloor = Own(64, Rate) / Of(Contestants.FloorId, 64, Rate);
        yield return AtLeast("64 connections: at least 0.5 × bare Kestrel", toFloor, 0.5, "F2", " ×");
        var toRival = Own(64, Rate) / Of(Contestants.RivalId, 64, Rate);
        yield return AtLeast("64 connections: ahead of the strongest rival", toRival, 1, "F2", " ×");
        var wide = Own(512, Rate) / Of(Contestants.FloorId, 512, Rate);
        yield return AtLeast("512 connections: at least 0.6 × bare Kestrel", wide, 0.6, "F2", " ×");
        yield return AtMost("512 connections: p99 under 35 ms", Own(512, P99), 35, "F1", " ms");
        yield return AtMost("server CPU a POST at 64 connections: at most 45 µs", Own(64, Cpu), 45, "F1", " µs");
        yield return AtMost("of it the writer: at most 8 µs", Own(64, stretch => WriterCpu(stretch, writer)), 8, "F1", " µs");
        var rivalP99 = Of(Contestants.RivalId, 64, P99);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"64 connections: p99 below the rival's ({rivalP99:F1} ms)");
        yield return AtMost(text, Own(64, P99), rivalP99, "F1", " ms");
    }

    private static IEnumerable<Goal> Open(Findings findings)
    {
        var own = Median.Of(findings.Open.Where(one => one.Contestant == findings.Plan.Own)
            .Select(one => one.Stretch.Load.Latency.P99));
        var append = Median.Of(findings.Appends.Select(one => one.Latency.P99));
        yield return AtMost("open loop at half: p99 at most 4 × an append's", own / append, 4, "F1", " ×");
    }

    private static IEnumerable<Goal> Starts(Findings findings)
    {
        double Of(string contestant, Func<StartFinding, double> value) =>
            Median.Of(findings.Starts.Where(one => one.Contestant == contestant).Select(value));
        double Ratio(Func<StartFinding, double> value) =>
            Of(findings.Plan.Own, value) / Of(Contestants.FloorId, value);

        var first = Ratio(one => one.FirstCreatedMilliseconds);
        yield return AtMost("start to first 201: at most 1.5 × bare Kestrel", first, 1.5, "F2", " ×");
        var rest = Ratio(one => one.RestMebibytes);
        yield return AtMost("memory at rest: at most 1.4 × bare Kestrel", rest, 1.4, "F2", " ×");
    }

    private static IEnumerable<Goal> Growth(Findings findings)
    {
        double Rate(string store) => Median.Of(
            findings.Growth.Where(one => one.Store == store).Select(one => one.Stretch.Load.Rate));
        var kept = Rate("large") / Rate("small");
        yield return AtLeast("growth: rate on the large store at least 0.8 × the small", kept, 0.8, "F2", " ×");
    }

    private static double P99(Stretch stretch) => stretch.Load.Latency.P99;

    private static double Cpu(Stretch stretch) => stretch.Usage.CpuPerPost;

    private static double WriterCpu(Stretch stretch, string name)
    {
        var writers = stretch.Usage.Threads
            .Where(thread => thread.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return writers.Count == 0 ? double.NaN : writers.Sum(thread => thread.CpuPerPost);
    }

    private static Goal AtLeast(string text, double value, double limit, string format, string unit)
    {
        return new Goal(text, value.ToString(format, CultureInfo.InvariantCulture) + unit, value >= limit);
    }

    private static Goal AtMost(string text, double value, double limit, string format, string unit)
    {
        return new Goal(text, value.ToString(format, CultureInfo.InvariantCulture) + unit, value <= limit);
    }
}
