namespace Postroom.Load.Driving;

/// <summary>One stretch of load.</summary>
/// <param name="Connections">How many connections, each with at most one request in flight.</param>
/// <param name="Duration">How long requests are begun; answers are awaited beyond it.</param>
/// <param name="Rate">Requests per second of the open loop; 0 is the closed loop.</param>
/// <param name="MaximumRequests">Begin no more than this many.</param>
internal sealed record LoadPlan(
    int Connections, TimeSpan Duration, double Rate = 0, long MaximumRequests = long.MaxValue)
{
    /// <summary>How long answers are awaited after the last request.</summary>
    internal TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(30);
}
