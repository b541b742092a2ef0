using System.Net;
using Postroom.Crash.Tests.Posting;
using Postroom.Server.Tests.Programs;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>A node whose packets to the database are swallowed.</summary>
[Collection(ChaosCollection.Name)]
public sealed class CutNetworkTests
{
    private static readonly string s_first = PostMessage.Key("cut", 1);

    [Fact]
    public async Task A_node_that_is_cut_from_the_database_says_so_in_time_and_recovers_without_a_restart()
    {
        using var network = CutNetwork.Make();
        await using var server = new PostgresServer { Settings = "-c listen_addresses=*" };
        await server.TrustAsync(CutNetwork.Database);
        await server.NewDatabaseAsync("cut");
        using var folder = TestFolder.With($$$"""
            store: {postgres: "postgres://postroom@{{{CutNetwork.Database}}}:{{{server.Port}}}/cut?sslmode=disable&Timeout=2&Command_Timeout=3"}
            files: {disk: {shared: true}}
            limits: {rate: off, keys: off}
            endpoints: {/api/contact: {kind: form}}
            """);
        string[] words =
        [
            .. network.Enter, PostroomProgram.Path, "serve", folder.Path, "--listen", $"http://{CutNetwork.Node}:3000",
        ];
        await using var node = await RunningServer.StartAsync(new ProgramStart(words[0], words[1..]));
        Assert.Equal((HttpStatusCode.Created, "created"), await PostAsync(node, s_first));

        network.Cut();
        var refused = await Task.WhenAll(
            Enumerable.Range(2, 20).Select(number => PostAsync(node, PostMessage.Key("cut", number))));
        network.Mend();

        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, null), answer));
        Assert.Equal((HttpStatusCode.Created, "replayed"), await PostAsync(node, s_first));
        foreach (var number in Enumerable.Range(2, 20))
        {
            Assert.Equal(HttpStatusCode.Created, (await PostAsync(node, PostMessage.Key("cut", number))).Status);
        }

        Assert.Equal(21L, await server.ExecuteAsync("SELECT count(*) FROM postroom.entries", "cut"));
    }

    private static async Task<(HttpStatusCode Status, string? Key)> PostAsync(RunningServer node, string key)
    {
        using var answer = await node.PostJsonAsync(TestFolder.ContactPath, """{"name":"Ada"}""", key);
        Assert.True(answer.IsSuccessStatusCode || answer.Headers.RetryAfter is not null, answer.ToString());
        return (answer.StatusCode,
            answer.Headers.TryGetValues("Idempotency-Status", out var status) ? status.Single() : null);
    }
}
