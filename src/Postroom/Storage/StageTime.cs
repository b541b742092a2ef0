namespace Postroom.Storage;

/// <summary>How long a stage took.</summary>
public readonly record struct StageTime(string Stage, long Microseconds);
