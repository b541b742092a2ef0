using Postroom.Load.Driving;

namespace Postroom.Load.Nodes;

/// <summary>One stretch of load: what came back, and the CPU of each POST in microseconds.</summary>
internal sealed record NodeStretch(LoadResult Load, double NodesCpu, double DatabaseCpu, double ToolCpu);
