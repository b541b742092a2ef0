using Postroom.Server.Tests.Programs;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>A node that stands still and goes on as if no time had passed.</summary>
[Collection(ChaosCollection.Name)]
public sealed class FrozenNodeTests(PostgresServer server)
{
    private const int Posts = 150;

    [Fact]
    public async Task A_node_that_freezes_under_load_is_done_without_and_wakes_to_what_has_happened()
    {
        await using var fleet = await Fleet.StartAsync(await server.NewDatabaseAsync("frozen"));
        var node = fleet.Nodes[1];

        await fleet.PostAsync(Posts, acknowledged =>
        {
            if (acknowledged == Posts / 4)
            {
                node.Freeze();
            }
            else if (acknowledged == Posts)
            {
                node.Wake();
            }
        });

        Assert.True(fleet.Again > 0, "The frozen node had nothing in hand.");
        await fleet.AssertSoundAsync();
    }

    [Fact]
    public async Task A_node_that_freezes_past_its_leases_cannot_finish_what_another_has_taken_over()
    {
        const int Notes = 5;
        var store = await server.NewDatabaseAsync("leases");
        using var folder = TestFolder.With("files: {disk: {shared: true}}");
        using var work = new TestFolder();
        await using var sleeper = await StartAsync("sleeper");
        for (var note = 0; note < Notes; note++)
        {
            using var answer = await sleeper.PostJsonAsync("/api/note", $$"""{"message":"{{note}}"}""");
            Assert.True(answer.IsSuccessStatusCode);
        }

        await UntilAsync(() => Directory.GetFiles(work.Path, "sleeper-begun-*").Length == Notes);
        PostroomProgram.Signal(sleeper.Process, FleetNode.Stop);
        // It stands still for longer than its leases last.
        await InAsync("UPDATE postroom.jobs SET lease_until = 1 WHERE state = 1");
        work.Write("other-go", "");
        await using var other = await StartAsync("other");
        await UntilAsync(async () => await DoneAsync() == Notes);
        var settled = await InAsync("SELECT sum(changed_at)::bigint FROM postroom.jobs");

        // What it knows of an attempt is that it failed: it would have them all done once more.
        work.Write("sleeper-fails", "");
        work.Write("sleeper-go", "");
        PostroomProgram.Signal(sleeper.Process, FleetNode.Continue);
        await sleeper.StopAsync();

        Assert.Equal((long)Notes, await DoneAsync());
        Assert.Equal(settled, await InAsync("SELECT sum(changed_at)::bigint FROM postroom.jobs"));
        Assert.Equal(2L * Notes, await InAsync("SELECT sum(claim)::bigint FROM postroom.jobs"));
        Assert.Equal(Notes, Directory.GetFiles(work.Path, "effect-*").Length);

        Task<RunningServer> StartAsync(string name) => RunningServer.StartAsync(
            new ProgramStart(PostroomProgram.Built("Postroom.Crash.Host"), "node", folder.Path, store, work.Path, name));

        Task<object?> InAsync(string sql) => server.ExecuteAsync(sql, "leases");

        async Task<long> DoneAsync() => (long)(await InAsync(
            $"SELECT count(*) FROM postroom.jobs WHERE state = {(int)JobState.Done} AND error IS NULL"))!;
    }

    private static Task UntilAsync(Func<bool> reached) => UntilAsync(() => Task.FromResult(reached()));

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        while (!await reached())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
