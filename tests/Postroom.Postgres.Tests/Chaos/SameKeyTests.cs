using System.Globalization;
using Postroom.Crash.Tests.Posting;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>One key at three nodes at the same moment.</summary>
[Collection(ChaosCollection.Name)]
public sealed class SameKeyTests(PostgresServer server)
{
    private const int AtOnce = 32;

    [Fact]
    public async Task The_same_key_at_three_nodes_at_once_has_one_effect_and_one_answer_thousands_of_times()
    {
        var wanted = Environment.GetEnvironmentVariable("POSTROOM_KEYS") ?? "10000";
        var keys = int.Parse(wanted, CultureInfo.InvariantCulture);
        await using var fleet = await Fleet.StartAsync(await server.NewDatabaseAsync("same_key"));
        var created = 0;

        await Parallel.ForAsync(0, keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var key = PostMessage.Key("same", number);
            var replies = await Task.WhenAll(fleet.Nodes.Select(node => node.Client.PostAsync(key)));

            Assert.Equal([201, 201, 201], replies.Select(reply => reply.Status));
            Assert.Single(replies.Select(reply => reply.Text).Distinct());
            Interlocked.Add(ref created, replies.Count(reply => reply.KeyStatus == "created"));
        });

        Assert.Equal(keys, created);
        await fleet.AssertStoredAsync(keys);
    }
}
