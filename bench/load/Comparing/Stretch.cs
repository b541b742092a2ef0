using Postroom.Load.Driving;
using Postroom.Load.Observing;

namespace Postroom.Load.Comparing;

/// <summary>One stretch of load against one server: what came back and what it cost.</summary>
internal sealed record Stretch(LoadResult Load, ProcessUsage Usage);
