using Postroom.Load.Driving;
using Postroom.Load.Observing;
using Postroom.Load.Wire;

namespace Postroom.Load.Comparing;

/// <summary>Runs every contestant in turn, round after round, so that a slow minute hits all alike.</summary>
internal sealed class Comparison
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    private readonly ComparisonPlan _plan;
    private readonly Findings _findings;
    private readonly List<Contestant> _contestants;
    private readonly TextWriter _progress;
    private ulong _nextSeed;

    internal Comparison(ComparisonPlan plan, TextWriter progress)
    {
        _plan = plan;
        _progress = progress;
        _nextSeed = plan.Seed;
        Directory.CreateDirectory(plan.Data);
        _findings = new Findings(plan, Machine.Read(plan.Data));
        _contestants = Contestants.All
            .Where(contestant => plan.Only.Count == 0 || plan.Only.Contains(contestant.Id))
            .Where(CanStart)
            .ToList();
    }

    internal Findings Run()
    {
        EachRound("closed loop", MeasureClosed, _contestants);
        _findings.OpenRate = _plan.Rate > 0 ? _plan.Rate : HalfOfOwnMaximum();
        if (!_plan.SkipOpen && _findings.OpenRate > 0)
        {
            EachRound("open loop", MeasureOpen, LeaveOutTooSlow());
        }

        if (!_plan.SkipStart)
        {
            EachRound("start", MeasureStart, _contestants);
        }

        if (_plan.Growth > 0 && _contestants.Find(contestant => contestant.Id == _plan.Own) is { } own)
        {
            new GrowthComparison(_plan, own, _findings, _progress).Run();
        }

        return _findings;
    }

    private bool CanStart(Contestant contestant)
    {
        var folder = Path.Combine(_plan.Data, contestant.Id);
        try
        {
            DeleteFolder(folder);
            RunningServer.Start(contestant, folder, _plan.Pinned, _plan.Seed).Dispose();
            return true;
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            var reason = $"{contestant.Label} was left out: {fault.Message.Trim()}";
            _progress.WriteLine(reason);
            _findings.LeftOut.Add(reason);
            return false;
        }
    }

    private void EachRound(string part, Action<Contestant, int> measure, List<Contestant> contestants)
    {
        for (var round = 1; round <= _plan.Rounds; round++)
        {
            _progress.WriteLine($"{part}, round {round} of {_plan.Rounds}");
            for (var place = 0; place < contestants.Count; place++)
            {
                measure(contestants[(place + round) % contestants.Count], round);
            }
        }
    }

    private void MeasureClosed(Contestant contestant, int round)
    {
        WithServer(contestant, server =>
        {
            server.Drive(new LoadPlan(_plan.Connections[0], TimeSpan.FromSeconds(_plan.Warmup)));
            foreach (var connections in _plan.Connections)
            {
                var stretch = server.Drive(new LoadPlan(connections, TimeSpan.FromSeconds(_plan.Seconds)));
                _findings.Closed.Add(new ClosedFinding(contestant.Id, connections, round, stretch));
                Say(contestant, $"{connections} connections", stretch);
            }
        });
    }

    private void MeasureOpen(Contestant contestant, int round)
    {
        WithServer(contestant, server =>
        {
            var plan = new LoadPlan(_plan.OpenConnections, TimeSpan.FromSeconds(_plan.Warmup), _findings.OpenRate);
            server.Drive(plan);
            var stretch = server.Drive(plan with { Duration = TimeSpan.FromSeconds(_plan.Seconds) });
            _findings.Open.Add(new OpenFinding(contestant.Id, round, stretch));
            Say(contestant, $"{_findings.OpenRate:F0}/s", stretch);
        });
        if (contestant.Id == _plan.Own || !_contestants.Exists(one => one.Id == _plan.Own))
        {
            MeasureAppend(round);
        }
    }

    private void MeasureAppend(int round)
    {
        LibC.SyncAll();
        var (rate, latency) = AppendLoop.Run(_plan.Data, TimeSpan.FromSeconds(_plan.Seconds));
        _findings.Appends.Add(new AppendFinding(round, rate, latency));
        _progress.WriteLine($"  append of 4 KiB: {rate:F0}/s, p50 {latency.P50:F2}, p99 {latency.P99:F2} ms");
    }

    private void MeasureStart(Contestant contestant, int round)
    {
        WithServer(contestant, server =>
        {
            Thread.Sleep(s_rest);
            var finding = new StartFinding(
                contestant.Id, round, server.FirstCreatedAfter.TotalMilliseconds, server.ResidentMebibytes());
            _findings.Starts.Add(finding);
            _progress.WriteLine(
                $"  {contestant.Label}: {finding.FirstCreatedMilliseconds:F0} ms, {finding.RestMebibytes:F0} MiB");
        });
    }

    private void WithServer(Contestant contestant, Action<RunningServer> measure)
    {
        var folder = Path.Combine(_plan.Data, contestant.Id);
        DeleteFolder(folder);
        LibC.SyncAll();
        using var server = RunningServer.Start(contestant, folder, _plan.Pinned, _nextSeed++);
        measure(server);
        server.RepeatSome();
        server.Kill();
        if (StoreCheck.Of(contestant, server, folder) is { } check)
        {
            _findings.Stores.Add(new StoreFinding(contestant.Id, check));
            if (!check.Holds)
            {
                _progress.WriteLine($"  NOT WHAT WAS ACKNOWLEDGED: {contestant.Label}: {check}");
            }
        }

        DeleteFolder(folder);
    }

    private double HalfOfOwnMaximum()
    {
        var own = _contestants.Exists(contestant => contestant.Id == _plan.Own);
        var reference = own ? _plan.Own : Contestants.RivalId;
        if (!own)
        {
            _findings.Remarks.Add("The open loop runs at half of the rival's maximum, since Postroom was left out.");
        }

        return Math.Floor(MaximumOf(reference) / 2);
    }

    /// <summary>Above a server's own maximum the open loop measures only how long the run was.</summary>
    private List<Contestant> LeaveOutTooSlow()
    {
        var tooSlow = _contestants.Where(contestant => MaximumOf(contestant.Id) < _findings.OpenRate).ToList();
        foreach (var contestant in tooSlow)
        {
            _findings.Remarks.Add($"{contestant.Label} is not in the open loop: its maximum is below that rate.");
        }

        return [.. _contestants.Except(tooSlow)];
    }

    private double MaximumOf(string contestant)
    {
        return _findings.Closed
            .Where(finding => finding.Contestant == contestant)
            .GroupBy(finding => finding.Connections)
            .Select(group => Median.Of(group.Select(finding => finding.Stretch.Load.Rate)))
            .DefaultIfEmpty(0).Max();
    }

    private void Say(Contestant contestant, string what, Stretch stretch)
    {
        var latency = stretch.Load.Latency;
        _progress.WriteLine(
            $"  {contestant.Label}, {what}: {stretch.Load.Rate:F0}/s, p50 {latency.P50:F2}, p99 {latency.P99:F2} ms, "
            + $"{stretch.Usage.CpuPerPost:F1} µs (tool {stretch.Usage.ToolCpuPerPost:F1}), "
            + $"{stretch.Load.Errors} errors");
        if (stretch.Load.FirstRefusal is { } refusal)
        {
            _progress.WriteLine(refusal);
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
