namespace Postroom.Load.Observing;

/// <summary>What a server spent on each acknowledged POST of a stretch.</summary>
internal sealed record ProcessUsage
{
    /// <summary>Microseconds of CPU, user and system, all threads.</summary>
    public required double CpuPerPost { get; init; }

    /// <summary>Context switches of all threads.</summary>
    public required double SwitchesPerPost { get; init; }

    /// <summary>Microseconds of CPU of the load tool itself, which shares the cores.</summary>
    public required double ToolCpuPerPost { get; init; }

    /// <summary>The highest resident size since the server began, in MiB.</summary>
    public required double PeakMebibytes { get; init; }

    public required IReadOnlyList<ThreadUsage> Threads { get; init; }

    internal static ProcessUsage Between(ProcessSample before, ProcessSample after, double toolCpu, long posts)
    {
        var share = 1.0 / Math.Max(1, posts);
        var earlier = before.Threads.ToDictionary(thread => thread.Id);
        var threads = after.Threads
            .Select(thread => (Now: thread, Then: earlier.GetValueOrDefault(thread.Id)))
            .GroupBy(pair => pair.Now.Name)
            .Select(group => new ThreadUsage(
                group.Key,
                group.Count(),
                group.Sum(pair => pair.Now.CpuMicroseconds - (pair.Then?.CpuMicroseconds ?? 0)) * share,
                group.Sum(pair => pair.Now.VoluntarySwitches - (pair.Then?.VoluntarySwitches ?? 0)) * share,
                group.Sum(pair => pair.Now.InvoluntarySwitches - (pair.Then?.InvoluntarySwitches ?? 0)) * share))
            .OrderByDescending(thread => thread.CpuPerPost)
            .ToList();
        return new ProcessUsage
        {
            CpuPerPost = (after.CpuMicroseconds - before.CpuMicroseconds) * share,
            SwitchesPerPost = threads.Sum(thread => thread.VoluntaryPerPost + thread.InvoluntaryPerPost),
            ToolCpuPerPost = toolCpu * share,
            PeakMebibytes = after.PeakKibibytes / 1024.0,
            Threads = threads,
        };
    }
}
