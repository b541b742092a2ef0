using System.Globalization;
using System.Text;
using Postroom.Load.Driving;

namespace Postroom.Load.Comparing;

/// <summary>The findings as Markdown: medians over the rounds, each beside its ratio to bare Kestrel.</summary>
internal sealed class Report(Findings findings)
{
    private readonly StringBuilder _text = new();

    internal static string Of(Findings findings) => new Report(findings).Write();

    private string Write()
    {
        WriteHead();
        foreach (var connections in findings.Plan.Connections)
        {
            WriteClosed(connections);
        }

        WriteOpen();
        WriteStarts();
        WriteGrowth();
        WriteThreads();
        WriteStores();
        return _text.ToString();
    }

    private void WriteHead()
    {
        var (plan, machine) = (findings.Plan, findings.Machine);
        Heading(plan.Pinned ? "Server on core 0, load on core 1" : "Free: server and load share all cores");
        Line($"{machine.Processor}, {machine.Cores} cores, {machine.Memory}, Linux {machine.Kernel}, {machine.Disk}.");
        Line($"{machine.Runtime}; Node {machine.Node}, Fastify {machine.Fastify}, better-sqlite3 "
            + $"{machine.BetterSqlite}. Revision {machine.Revision}.");
        Line($"{plan.Rounds} interleaved rounds, {plan.Seconds} s a stretch after {plan.Warmup} s of warm-up; "
            + "medians; a maximum or a peak is the highest of all rounds, errors are their sum.");
        foreach (var remark in findings.Remarks.Concat(findings.LeftOut))
        {
            Line($"Remark: {remark}");
        }

        var goals = Goals.Judge(findings).ToList();
        if (goals.Count > 0)
        {
            var table = new MarkdownTable("Goal", "Measured", "Met");
            goals.ForEach(goal => table.Row(goal.Text, goal.Measured, goal.Met ? "yes" : "**no**"));
            Table("Goals", table);
        }
    }

    private void WriteClosed(int connections)
    {
        var stretches = findings.Closed.Where(finding => finding.Connections == connections)
            .Select(finding => (finding.Contestant, finding.Stretch));
        WriteStretches($"Closed loop, {connections} connections", stretches, withRatio: true);
    }

    private void WriteOpen()
    {
        if (findings.Open.Count == 0)
        {
            return;
        }

        var stretches = findings.Open.Select(finding => (finding.Contestant, finding.Stretch));
        WriteStretches($"Open loop, {findings.OpenRate:F0} arrivals per second", stretches, withRatio: false);
        var append = Summary(findings.Appends.Select(finding => finding.Latency));
        Line($"Beside it, 4 KiB append + fsync alone: p50 {Ms(append.P50)}, p90 {Ms(append.P90)}, "
            + $"p99 {Ms(append.P99)}, p99.9 {Ms(append.P999)}, max {Ms(append.Maximum)} ms.");
    }

    private void WriteStretches(string title, IEnumerable<(string Contestant, Stretch Stretch)> all, bool withRatio)
    {
        var groups = all.GroupBy(pair => pair.Contestant, pair => pair.Stretch).ToDictionary(group => group.Key);
        string[] ratio = withRatio ? ["× bare Kestrel"] : [];
        var table = new MarkdownTable(["", "201/s", .. ratio, "p50 ms", "p90", "p99", "p99.9", "max",
            "CPU µs/POST", "switches/POST", "tool µs/POST", "peak MiB", "errors"]);
        var floor = groups.TryGetValue(Contestants.FloorId, out var found) ? Rate(found) : double.NaN;
        foreach (var contestant in Contestants.All)
        {
            if (!groups.TryGetValue(contestant.Id, out var group))
            {
                continue;
            }

            var latency = Summary(group.Select(stretch => stretch.Load.Latency));
            string[] share = withRatio ? [Number(Rate(group) / floor, "F2")] : [];
            table.Row([contestant.Label, Number(Rate(group), "N0"), .. share, Ms(latency.P50), Ms(latency.P90),
                Ms(latency.P99), Ms(latency.P999), Ms(latency.Maximum),
                Number(Median.Of(group.Select(stretch => stretch.Usage.CpuPerPost)), "F1"),
                Number(Median.Of(group.Select(stretch => stretch.Usage.SwitchesPerPost)), "F2"),
                Number(Median.Of(group.Select(stretch => stretch.Usage.ToolCpuPerPost)), "F1"),
                Number(group.Max(stretch => stretch.Usage.PeakMebibytes), "F0"),
                Number(group.Sum(stretch => stretch.Load.Errors), "N0")]);
        }

        Table(title, table);
    }

    private void WriteStarts()
    {
        if (findings.Starts.Count == 0)
        {
            return;
        }

        var table = new MarkdownTable("", "first 201, ms", "× bare Kestrel", "at rest, MiB", "× bare Kestrel");
        var floor = StartOf(Contestants.FloorId);
        foreach (var contestant in Contestants.All)
        {
            var (first, rest) = StartOf(contestant.Id);
            if (!double.IsNaN(first))
            {
                table.Row(contestant.Label, Number(first, "F0"), Number(first / floor.First, "F2"),
                    Number(rest, "F0"), Number(rest / floor.AtRest, "F2"));
            }
        }

        Table("Start of the process to its first 201, and memory at rest", table);
    }

    private (double First, double AtRest) StartOf(string contestant)
    {
        var starts = findings.Starts.Where(finding => finding.Contestant == contestant).ToList();
        return (Median.Of(starts.Select(start => start.FirstCreatedMilliseconds)),
            Median.Of(starts.Select(start => start.RestMebibytes)));
    }

    private void WriteGrowth()
    {
        if (findings.Growth.Count == 0)
        {
            return;
        }

        var table = new MarkdownTable("Store", "entries", "201/s", "p99 ms", "CPU µs/POST", "first 201, ms");
        foreach (var group in findings.Growth.GroupBy(finding => finding.Store))
        {
            table.Row(group.Key, Number(group.Min(finding => finding.Entries), "N0"),
                Number(Median.Of(group.Select(finding => finding.Stretch.Load.Rate)), "N0"),
                Ms(Median.Of(group.Select(finding => finding.Stretch.Load.Latency.P99))),
                Number(Median.Of(group.Select(finding => finding.Stretch.Usage.CpuPerPost)), "F1"),
                Number(Median.Of(group.Select(finding => finding.FirstCreatedMilliseconds)), "F0"));
        }

        Table($"Growth: {LabelOf(findings.Plan.Own)} on a small and on a large store", table);
    }

    private void WriteThreads()
    {
        var own = findings.Closed.Where(finding => finding.Contestant == findings.Plan.Own).ToList();
        foreach (var connections in own.Select(finding => finding.Connections).Distinct())
        {
            var stretches = own.Where(finding => finding.Connections == connections)
                .OrderBy(finding => finding.Stretch.Usage.CpuPerPost).ToList();
            var middle = stretches[stretches.Count / 2].Stretch.Usage;
            var table = new MarkdownTable("Thread", "count", "CPU µs/POST", "voluntary switches/POST", "involuntary");
            foreach (var thread in middle.Threads.Where(thread => thread.CpuPerPost >= 0.05))
            {
                table.Row(thread.Name, Number(thread.Count, "F0"), Number(thread.CpuPerPost, "F1"),
                    Number(thread.VoluntaryPerPost, "F3"), Number(thread.InvoluntaryPerPost, "F3"));
            }

            Table($"Threads of {LabelOf(findings.Plan.Own)} at {connections} connections (the median round)", table);
        }
    }

    private void WriteStores()
    {
        if (findings.Stores.Count == 0)
        {
            return;
        }

        var table = new MarkdownTable("Store, after `kill -9`", "acknowledged", "stored", "lost", "doubled", "answer never came", "holds");
        foreach (var group in findings.Stores.GroupBy(finding => finding.Contestant))
        {
            table.Row(LabelOf(group.Key), Number(group.Sum(store => store.Check.Acknowledged), "N0"),
                Number(group.Sum(store => store.Check.Stored), "N0"),
                Number(group.Sum(store => store.Check.Missing), "N0"),
                Number(group.Sum(store => store.Check.Doubled), "N0"),
                Number(group.Sum(store => store.Check.Unknown), "N0"),
                group.All(store => store.Check.Holds) ? "yes" : "**no**");
        }

        Table("Acknowledged and stored", table);
    }

    private static string LabelOf(string contestant) => Contestants.All.First(one => one.Id == contestant).Label;

    private static double Rate(IEnumerable<Stretch> stretches) => Median.Of(stretches.Select(one => one.Load.Rate));

    private static LatencySummary Summary(IEnumerable<LatencySummary> all)
    {
        var list = all.ToList();
        return new LatencySummary(
            Median.Of(list.Select(one => one.P50)),
            Median.Of(list.Select(one => one.P90)),
            Median.Of(list.Select(one => one.P99)),
            Median.Of(list.Select(one => one.P999)),
            list.Select(one => one.Maximum).DefaultIfEmpty(double.NaN).Max());
    }

    private static string Ms(double milliseconds) => Number(milliseconds, milliseconds < 10 ? "F2" : "F1");

    private static string Number(double value, string format)
    {
        return double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
    }

    private void Heading(string text) => _text.AppendLine(CultureInfo.InvariantCulture, $"## {text}").AppendLine();

    private void Line(string text) => _text.AppendLine(text).AppendLine();

    private void Table(string title, MarkdownTable table)
    {
        _text.AppendLine(CultureInfo.InvariantCulture, $"### {title}").AppendLine().Append(table).AppendLine();
    }
}
