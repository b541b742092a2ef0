namespace Postroom.Postgres.Tests.Chaos;

/// <summary>The database goes away under load and comes back, or another takes its place.</summary>
[Collection(ChaosCollection.Name)]
public sealed class ServerRestartTests : IAsyncLifetime
{
    private const int Posts = 200;

    private readonly PostgresServer _server = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_restart_of_the_database_under_load_loses_nothing(string mode)
    {
        await using var fleet = await Fleet.StartAsync(await _server.NewDatabaseAsync(mode));

        await DuringAsync(fleet, () => _server.Restart(mode));

        await fleet.AssertSoundAsync();
    }

    [Fact]
    public async Task A_standby_that_is_promoted_when_the_primary_is_killed_has_all_that_was_acknowledged()
    {
        await _server.NewDatabaseAsync("failover");
        await using var standby = new PostgresServer { Primary = _server };
        await standby.ExecuteAsync("SELECT 1");
        await _server.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await _server.ExecuteAsync("SELECT pg_reload_conf()");
        while (await _server.ExecuteAsync("SELECT max(sync_state) FROM pg_stat_replication") is not "sync")
        {
            await Task.Yield();
        }

        await using var fleet = await Fleet.StartAsync(
            $"postgres://postroom@127.0.0.1:{_server.Port},127.0.0.1:{standby.Port}/failover?sslmode=disable");

        await DuringAsync(fleet, () =>
        {
            _server.Kill();
            standby.Promote();
        });

        await fleet.AssertSoundAsync();
        Assert.Equal(false, await standby.ExecuteAsync("SELECT pg_is_in_recovery()"));
    }

    private static async Task DuringAsync(Fleet fleet, Action happening)
    {
        var happened = Task.CompletedTask;
        await fleet.PostAsync(Posts, acknowledged =>
        {
            if (acknowledged == Posts / 3)
            {
                happened = Task.Run(happening);
            }
        });
        await happened;
    }
}
