namespace Postroom.Bench.Attacks;

/// <summary>One way to wear a server out, bounded in count and time.</summary>
internal sealed record Attack(string Name, string What, Func<AttackedServer, Tally, Task> RunAsync);
