namespace Postroom.Load.Driving;

/// <summary>Latencies in milliseconds.</summary>
internal sealed record LatencySummary(double P50, double P90, double P99, double P999, double Maximum);
