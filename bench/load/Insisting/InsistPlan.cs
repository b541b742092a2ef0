namespace Postroom.Load.Insisting;

/// <summary>How many requests are sent, how fast, and how long one is tried before it is given up.</summary>
internal sealed record InsistPlan(int Count, double Rate, int Connections)
{
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first pause before a request is sent again; it doubles up to the last.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan LastPause { get; init; } = TimeSpan.FromSeconds(1);
}
