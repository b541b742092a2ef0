namespace Postroom.Postgres.Tests.Chaos;

/// <summary>Tests that start fleets of servers: one after the other, and beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChaosCollection
{
    public const string Name = "Chaos";
}
