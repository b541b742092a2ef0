using System.Diagnostics;
using Postroom.Load.Driving;
using Postroom.Load.Wire;

namespace Postroom.Load.Comparing;

/// <summary>
/// The same load on a small store and on a large one, in turn. The large store is filled over the socket with random
/// keys, like the load itself, and is kept; every round opens it afresh, so its start is measured too.
/// </summary>
internal sealed class GrowthComparison(
    ComparisonPlan plan, Contestant own, Findings findings, TextWriter progress)
{
    private const long SmallStore = 10_000;
    private const int SeedingConnections = 512;

    private readonly string _folder = Path.Combine(plan.Data, "growth");

    internal void Run()
    {
        var large = new AcknowledgedSet();
        var largeFolder = Path.Combine(_folder, "large");
        DeleteAll();
        Fill(largeFolder, large, plan.Growth);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            progress.WriteLine($"growth, round {round} of {plan.Rounds}");
            var small = new AcknowledgedSet();
            var smallFolder = Path.Combine(_folder, "small");
            Fill(smallFolder, small, SmallStore);
            Measure("small", smallFolder, small, round);
            Directory.Delete(smallFolder, recursive: true);
            Measure("large", largeFolder, large, round);
        }

        DeleteAll();
    }

    private void Fill(string folder, AcknowledgedSet acknowledged, long entries)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = Open(folder, acknowledged);
        while (acknowledged.Count < entries)
        {
            var missing = entries - acknowledged.Count;
            server.Drive(new LoadPlan(SeedingConnections, TimeSpan.FromSeconds(20)) { MaximumRequests = missing });
            progress.WriteLine(
                $"  {acknowledged.Count} entries after {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
        }
    }

    private void Measure(string store, string folder, AcknowledgedSet acknowledged, int round)
    {
        LibC.SyncAll();
        using var server = Open(folder, acknowledged);
        server.Drive(new LoadPlan(plan.Connections[0], TimeSpan.FromSeconds(plan.Warmup)));
        var entries = acknowledged.Count;
        var stretch = server.Drive(new LoadPlan(plan.Connections[0], TimeSpan.FromSeconds(plan.Seconds)));
        findings.Growth.Add(new GrowthFinding(
            store, entries, round, server.FirstCreatedAfter.TotalMilliseconds, stretch));
        progress.WriteLine(
            $"  {entries} entries: {stretch.Load.Rate:F0}/s, p99 {stretch.Load.Latency.P99:F2} ms, "
            + $"{stretch.Usage.CpuPerPost:F1} µs, start {server.FirstCreatedAfter.TotalMilliseconds:F0} ms");
        server.RepeatSome();
        server.Kill();
        if (StoreCheck.Of(own, server, folder) is { } check)
        {
            findings.Stores.Add(new StoreFinding(own.Id, check));
        }
    }

    private RunningServer Open(string folder, AcknowledgedSet acknowledged)
    {
        return RunningServer.Start(own, folder, plan.Pinned, plan.Seed, acknowledged);
    }

    private void DeleteAll()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
