namespace Postroom.Load.Comparing;

/// <summary>What a comparison runs; the defaults are those of the published figures.</summary>
internal sealed record ComparisonPlan
{
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds of each measured stretch.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Seconds of load before the first measured stretch of a server.</summary>
    public double Warmup { get; init; } = 5;

    public IReadOnlyList<int> Connections { get; init; } = [64, 512];

    /// <summary>Open loop: requests per second; 0 is half of our own median maximum.</summary>
    public double Rate { get; init; }

    /// <summary>Connections that the open loop may use at most.</summary>
    public int OpenConnections { get; init; } = 256;

    /// <summary>Server on core 0, load on core 1.</summary>
    public bool Pinned { get; init; }

    public bool SkipOpen { get; init; }

    public bool SkipStart { get; init; }

    /// <summary>Entries in the large store of the growth comparison; 0 leaves it out.</summary>
    public long Growth { get; init; }

    /// <summary>Identifiers of the contestants to run; empty is all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whom the goals, the half rate and the growth are about.</summary>
    public string Own { get; init; } = Contestants.OwnId;

    public ulong Seed { get; init; } = 1;

    /// <summary>Where servers keep their data: on the disk to be measured, never in memory.</summary>
    public string Data { get; init; } = "artifacts/bench/data";

    public string Output { get; init; } = "bench/results/load.md";
}
