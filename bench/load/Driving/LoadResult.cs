namespace Postroom.Load.Driving;

/// <summary>What one stretch of load gave.</summary>
internal sealed record LoadResult
{
    /// <summary>201 answers that arrived within the stretch, per second.</summary>
    public required double Rate { get; init; }

    /// <summary>All 201 answers, those of the drain included.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Whole answers with another status.</summary>
    public required long Refused { get; init; }

    /// <summary>Requests sent whose answer never came whole.</summary>
    public required long Broken { get; init; }

    /// <summary>Open loop: requests that were due and never found a free connection.</summary>
    public required long Unsent { get; init; }

    public required LatencySummary Latency { get; init; }

    /// <summary>The first refusal, as it came.</summary>
    public string? FirstRefusal { get; init; }

    public long Errors => Refused + Broken + Unsent;
}
