namespace Postroom.Load.Comparing;

/// <summary>Everything measured, in the order in which it was measured.</summary>
internal sealed record Findings(ComparisonPlan Plan, Machine Machine)
{
    public List<ClosedFinding> Closed { get; } = [];

    public List<OpenFinding> Open { get; } = [];

    public List<AppendFinding> Appends { get; } = [];

    public List<StartFinding> Starts { get; } = [];

    public List<GrowthFinding> Growth { get; } = [];

    public List<StoreFinding> Stores { get; } = [];

    public double OpenRate { get; set; }

    /// <summary>Who could not be started, and why.</summary>
    public List<string> LeftOut { get; } = [];

    public List<string> Remarks { get; } = [];
}
