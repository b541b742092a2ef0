using System.Globalization;
using Postroom.Load.Comparing;
using Postroom.Load.Driving;
using Postroom.Load.Wire;

namespace Postroom.Load.Nodes;

/// <summary>Runs one and three nodes beside a bare insert and the embedded store, in turn, round after round.</summary>
internal sealed class NodeComparison(ComparisonPlan plan, TextWriter progress)
{
    private readonly List<NodeFinding> _findings = [];
    private readonly List<StoreFinding> _stores = [];
    private readonly List<NodeContestant> _contestants =
        [.. NodeContestants.All.Where(one => plan.Only.Count == 0 || plan.Only.Contains(one.Id))];

    /// <summary>The report, and whether every store held exactly what was acknowledged.</summary>
    internal (string Report, bool Holds) Run()
    {
        Directory.CreateDirectory(plan.Data);
        using var server = DatabaseServer.Start(Path.Combine(plan.Data, "database"));
        for (var round = 1; round <= plan.Rounds; round++)
        {
            progress.WriteLine($"round {round} of {plan.Rounds}");
            for (var place = 0; place < _contestants.Count; place++)
            {
                Measure(_contestants[(place + round) % _contestants.Count], server, round);
            }
        }

        var growth = plan.Growth == 0 ? null : NodeGrowth.Run(server, plan.Data, plan.Growth);
        var report = new NodeReport(plan, Machine.Read(plan.Data), server.Describe(), _findings, _stores);
        return (report.Write(growth), _stores.TrueForAll(store => store.Check.Holds));
    }

    private void Measure(NodeContestant contestant, DatabaseServer server, int round)
    {
        var (database, folder) = ($"round_{round}", Path.Combine(plan.Data, contestant.Id));
        DeleteFolder(folder);
        server.Make(database);
        LibC.SyncAll();
        var nodes = RunningNodes.Start(contestant, server, database, folder, plan.Seed + (ulong)round);
        using (nodes)
        {
            nodes.Drive(new LoadPlan(plan.Connections.Max(), TimeSpan.FromSeconds(plan.Warmup)));
            foreach (var connections in plan.Connections)
            {
                var load = LoadAverage();
                var stretch = nodes.Drive(new LoadPlan(connections, TimeSpan.FromSeconds(plan.Seconds)));
                _findings.Add(new NodeFinding(contestant.Id, connections, round, load, stretch));
                progress.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {contestant.Label}, {connections} connections: {stretch.Load.Rate:F0}/s, "
                        + $"p99 {stretch.Load.Latency.P99:F1} ms, nodes {stretch.NodesCpu:F1}, "
                        + $"database {stretch.DatabaseCpu:F1} µs, {stretch.Load.Errors} errors, load {load:F1}"));
            }
        }

        var stored = contestant.NumbersQuery is { } query
            ? server.Query(database, query)
            : StoreCheck.NumbersIn(folder, Contestants.NumbersInSqlite);
        var check = StoreCheck.Compare(
            nodes.Acknowledged, stored.Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
        _stores.Add(new StoreFinding(contestant.Id, check));
        if (!check.Holds)
        {
            progress.WriteLine($"  NOT WHAT WAS ACKNOWLEDGED: {contestant.Label}: {check}");
        }

        server.Drop(database);
        DeleteFolder(folder);
    }

    // Of the last minute: who else uses the machine.
    private static double LoadAverage() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
