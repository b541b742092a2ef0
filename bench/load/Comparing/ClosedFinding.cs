namespace Postroom.Load.Comparing;

/// <summary>A closed-loop stretch.</summary>
internal sealed record ClosedFinding(string Contestant, int Connections, int Round, Stretch Stretch);
