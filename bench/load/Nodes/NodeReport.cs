using System.Globalization;
using System.Text;
using Postroom.Load.Comparing;

namespace Postroom.Load.Nodes;

/// <summary>The findings as Markdown: medians over the rounds, and ratios within each round.</summary>
internal sealed class NodeReport(
    ComparisonPlan plan, Machine machine, string database, IReadOnlyList<NodeFinding> findings,
    IReadOnlyList<StoreFinding> stores)
{
    private readonly StringBuilder _text = new();

    /// <param name="growth">The table of what grows with the store, where that was measured.</param>
    internal string Write(string? growth)
    {
        Line($"{machine.Processor}, {machine.Cores} cores, {machine.Memory}, Linux {machine.Kernel}, {machine.Disk}; "
            + $"{machine.Runtime}; {database}. Revision {machine.Revision}.");
        Line($"{plan.Rounds} interleaved rounds, {plan.Seconds} s a stretch after {plan.Warmup} s of warm-up; medians of "
            + "the rounds, ratios by round. Load tool, nodes and database share the machine; its load average when a "
            + "stretch began was " + Range(findings.Select(finding => finding.LoadBefore)) + ".");
        foreach (var connections in plan.Connections)
        {
            WriteStretches(connections);
        }

        WriteCounts();
        if (growth is not null)
        {
            Line("### Beside many entries");
            Line(growth.TrimEnd());
        }

        return _text.ToString();
    }

    private void WriteCounts()
    {
        var counts = new MarkdownTable("store", "acknowledged", "unknown", "stored", "missing", "twice");
        foreach (var group in stores.GroupBy(store => store.Contestant))
        {
            var checks = group.Select(store => store.Check).ToList();
            counts.Row(Label(group.Key), Sum(checks, check => check.Acknowledged), Sum(checks, check => check.Unknown),
                Sum(checks, check => check.Stored), Sum(checks, check => check.Missing),
                Sum(checks, check => check.Doubled));
        }

        Line("### Acknowledged and stored");
        Line(counts.ToString().TrimEnd());
    }

    private void WriteStretches(int connections)
    {
        var table = new MarkdownTable(
            "", "201/s", "× bare insert", "× SQLite", "p50 ms", "p99", "nodes µs/POST", "database", "tool", "errors");
        foreach (var contestant in NodeContestants.All)
        {
            var own = findings.Where(one => one.Contestant == contestant.Id && one.Connections == connections).ToList();
            if (own.Count > 0)
            {
                var bare = contestant.Nodes == 1 ? NodeContestants.BareId : NodeContestants.BareId + "-3";
                table.Row(
                    contestant.Label, Of(own, one => one.Load.Rate, "N0"), Ratio(own, bare),
                    Ratio(own, NodeContestants.SqliteId), Of(own, one => one.Load.Latency.P50, "F1"),
                    Of(own, one => one.Load.Latency.P99, "F1"), Of(own, one => one.NodesCpu, "F1"),
                    Of(own, one => one.DatabaseCpu, "F1"), Of(own, one => one.ToolCpu, "F1"),
                    own.Sum(one => one.Stretch.Load.Errors).ToString(CultureInfo.InvariantCulture));
            }
        }

        Line($"### {connections} connections");
        Line(table.ToString().TrimEnd());
    }

    private string Ratio(List<NodeFinding> own, string other)
    {
        var ratios = own
            .Join(findings.Where(one => one.Contestant == other), one => (one.Connections, one.Round),
                one => (one.Connections, one.Round), (one, beside) => one.Stretch.Load.Rate / beside.Stretch.Load.Rate)
            .ToList();
        return ratios.Count == 0 ? "" : Median.Of(ratios).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static string Of(List<NodeFinding> own, Func<NodeStretch, double> figure, string format) =>
        Median.Of(own.Select(one => figure(one.Stretch))).ToString(format, CultureInfo.InvariantCulture);

    private static string Sum(List<StoreCheck> checks, Func<StoreCheck, long> figure) =>
        checks.Sum(figure).ToString("N0", CultureInfo.InvariantCulture);

    private static string Range(IEnumerable<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"{values.Min():F1} to {values.Max():F1}, median {Median.Of(values):F1}");

    private static string Label(string id) => NodeContestants.All.First(one => one.Id == id).Label;

    private void Line(string text) => _text.AppendLine(text).AppendLine();
}
