namespace Postroom.Load.Nodes;

/// <summary>A stretch, whose it was, in which round, and how loaded the machine was when it began.</summary>
internal sealed record NodeFinding(string Contestant, int Connections, int Round, double LoadBefore, NodeStretch Stretch);
