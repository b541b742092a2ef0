using System.Net;
using Npgsql;
using Postroom.Crash.Tests.Posting;
using Postroom.Server.Tests.Programs;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>The database stands, and its connections do not.</summary>
[Collection(ChaosCollection.Name)]
public sealed class BackendTests
{
    private const string OfNodes = "FROM pg_stat_activity WHERE application_name = 'postroom'";
    private const string EndThem = $"SELECT count(pg_terminate_backend(pid)) {OfNodes}";

    [Fact]
    public async Task Connections_ended_at_random_under_load_cost_nothing()
    {
        const int Posts = 200;
        await using var server = new PostgresServer();
        await using var fleet = await Fleet.StartAsync(await server.NewDatabaseAsync("ended"));
        using var loaded = new CancellationTokenSource();
        var ended = EndAtRandomAsync(server, loaded.Token);

        await fleet.PostAsync(Posts);
        await loaded.CancelAsync();

        Assert.True(await ended > 0, "No connection was ended.");
        await fleet.AssertSoundAsync();
    }

    [Fact]
    public async Task Without_a_connection_to_be_had_a_node_says_when_to_come_again_and_recovers_by_itself()
    {
        await using var server = new PostgresServer { Settings = "-c max_connections=100" };
        await using var fleet = await Fleet.StartAsync(await server.NewDatabaseAsync("exhausted"));
        await fleet.PostAsync(30);
        var held = await HoldAllAsync(server);

        foreach (var node in fleet.Nodes)
        {
            using var answer = await node.Server.PostJsonAsync(TestFolder.ContactPath, "{}", PostMessage.Key("late", 1));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, text);
            Assert.Contains("\"overloaded\"", text, StringComparison.Ordinal);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        await fleet.PostAsync(30);
        await fleet.AssertSoundAsync();
        Assert.All(fleet.Nodes, node => Assert.False(node.Server.Process.HasExited));
    }

    private static async Task<int> EndAtRandomAsync(PostgresServer server, CancellationToken loaded)
    {
        var ended = 0;
        while (!loaded.IsCancellationRequested)
        {
            ended += Convert.ToInt32(await server.ExecuteAsync($"{EndThem} AND random() < 0.1"), null);
            await Task.Delay(50, CancellationToken.None);
        }

        return ended;
    }

    /// <summary>Takes what is free, ends the nodes' connections and takes their places, until they have none.</summary>
    private static async Task<List<NpgsqlConnection>> HoldAllAsync(PostgresServer server)
    {
        var held = new List<NpgsqlConnection> { await OpenAsync(server) };
        long left;
        do
        {
            await using (var end = new NpgsqlCommand(EndThem, held[0]))
            {
                await end.ExecuteScalarAsync();
            }

            await TakeAsync(server, held);
            await using var count = new NpgsqlCommand($"SELECT count(*) {OfNodes}", held[0]);
            left = (long)(await count.ExecuteScalarAsync())!;
        }
        while (left > 0);
        return held;
    }

    private static async Task TakeAsync(PostgresServer server, List<NpgsqlConnection> held)
    {
        try
        {
            while (true)
            {
                held.Add(await OpenAsync(server));
            }
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // All that there are.
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresServer server)
    {
        var connection = new NpgsqlConnection($"{server.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
