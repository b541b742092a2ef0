namespace Postroom.Load.Observing;

/// <summary>The threads of one name: microseconds of CPU and context switches for each acknowledged POST.</summary>
internal sealed record ThreadUsage(
    string Name, int Count, double CpuPerPost, double VoluntaryPerPost, double InvoluntaryPerPost);
