using System.Globalization;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>SIGKILL of any node at any moment loses nothing that was acknowledged and does nothing twice.</summary>
[Collection(ChaosCollection.Name)]
public sealed class NodeKillTests(PostgresServer server)
{
    private const int Seed = 20_260_802;
    private const int PostsOfALife = 150;

    [Fact]
    public async Task Nodes_killed_while_posts_are_under_way_again_and_again()
    {
        var wanted = Environment.GetEnvironmentVariable("POSTROOM_KILLS") ?? "4";
        var kills = int.Parse(wanted, CultureInfo.InvariantCulture);
        var random = new Random(Seed);
        await using var fleet = await Fleet.StartAsync(await server.NewDatabaseAsync("kills"));

        for (var kill = 0; kill < kills; kill++)
        {
            var node = fleet.Nodes[random.Next(fleet.Nodes.Count)];
            var moment = random.Next(1, PostsOfALife);
            var restarted = Task.CompletedTask;
            await fleet.PostAsync(PostsOfALife, acknowledged =>
            {
                if (acknowledged == moment)
                {
                    node.Kill();
                    restarted = node.StartAsync();
                }
            });
            await restarted;
        }

        Assert.True(fleet.Again > 0, "No kill was felt.");
        await fleet.AssertSoundAsync();
    }
}
