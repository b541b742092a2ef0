using Postroom.Load.Driving;

namespace Postroom.Load.Comparing;

/// <summary>The disk alone, beside an open-loop round.</summary>
internal sealed record AppendFinding(int Round, double Rate, LatencySummary Latency);
