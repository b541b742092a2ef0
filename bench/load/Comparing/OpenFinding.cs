namespace Postroom.Load.Comparing;

/// <summary>An open-loop stretch.</summary>
internal sealed record OpenFinding(string Contestant, int Round, Stretch Stretch);
