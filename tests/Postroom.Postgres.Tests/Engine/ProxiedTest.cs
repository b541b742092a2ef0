namespace Postroom.Postgres.Tests.Engine;

/// <summary>Nodes with one writer each, whose way to the database can be watched and cut.</summary>
public abstract class ProxiedTest : EngineTest
{
    private protected ProxiedTest(PostgresServer server)
        : base(server)
    {
        Proxy = new PostgresProxy(server.Port);
        Options = Options with
        {
            ConnectionString = Options.ConnectionString.Replace(
                $"Port={server.Port};", $"Port={Proxy.Port};", StringComparison.Ordinal),
            Writers = 1,
            TellsOfJobs = false,
        };
    }

    private protected PostgresProxy Proxy { get; }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Proxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
