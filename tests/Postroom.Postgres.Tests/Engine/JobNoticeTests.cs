using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postroom.Crash.Host;
using Postroom.Hosting;
using Postroom.Server.Tests.Programs;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Nodes that hear of each other's jobs.</summary>
public sealed class JobNoticeTests(PostgresServer server) : EngineTest(server)
{
    private const string EndListener = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE query = 'LISTEN postroom_jobs' AND datname = 'notices'
        """;

    [Fact]
    public async Task A_node_hears_of_anothers_job_and_not_of_its_own()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var (ofFirst, ofSecond) = (Heard(first), Heard(second));
        await NextAsync(ofFirst);
        await NextAsync(ofSecond);

        await AddJobAsync(first);
        await NextAsync(ofSecond);
        await AddJobAsync(second);
        await NextAsync(ofFirst);

        Assert.False(ofFirst.TryRead(out _));
        Assert.False(ofSecond.TryRead(out _));
    }

    [Fact]
    public async Task Many_jobs_are_told_of_together()
    {
        const int Jobs = 500;
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var heard = Heard(second);
        await NextAsync(heard);

        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => AddJobAsync(first)));
        await NextAsync(heard);

        // What is told now was asked for after all that.
        Assert.InRange(heard.Count, 0, Jobs / 10);
    }

    [Fact]
    public async Task Stores_of_other_schemas_are_not_heard()
    {
        var first = await OpenAsync();
        var heard = Heard(first);
        await NextAsync(heard);
        Options = Server.NewStore();
        var (stranger, strangers) = (await OpenAsync(), await OpenAsync());
        var ofStrangers = Heard(strangers);
        await NextAsync(ofStrangers);

        await AddJobAsync(stranger);
        await NextAsync(ofStrangers);

        Assert.False(heard.TryRead(out _));
    }

    [Fact]
    public async Task A_listener_whose_connection_is_ended_comes_back()
    {
        await Server.NewDatabaseAsync("notices");
        Options = Options with
        {
            ConnectionString = $"{Options.ConnectionString};Database=notices",
        };
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var heard = Heard(second);
        await NextAsync(heard);

        Assert.Equal(1L, await Server.ExecuteAsync(EndListener));
        await NextAsync(heard);
        await AddJobAsync(first);
        await NextAsync(heard);
    }

    [Fact]
    public async Task A_job_of_a_node_that_is_held_is_done_by_another_although_no_time_passes()
    {
        const int Jobs = 10;
        using var folder = TestFolder.With("limits: {rate: off}");
        var done = Channel.CreateUnbounded<string>();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddPostroom().UsePostgres(Options.ConnectionString, _ => Options);
        await using var app = builder.Build();
        app.MapForm("/api/note", NoteContext.Default.Note)
            .Afterwards((note, _, cancel) => done.Writer.WriteAsync(note.Message, cancel));
        app.MapPostroom();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var held = await OpenAsync();

        // The node looks when it starts and when it has done something; the next look comes by the clock, which stands.
        for (var job = 0; job < Jobs; job++)
        {
            await AddJobAsync(held, $"note {job}");
            using var patience = new CancellationTokenSource(PostroomProgram.Patience);
            Assert.Equal($"note {job}", await done.Reader.ReadAsync(patience.Token));
        }

        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static ChannelReader<bool> Heard(PostgresPostStore store)
    {
        var heard = Channel.CreateUnbounded<bool>();
        store.WhenJobsCome(() => heard.Writer.TryWrite(true));
        return heard.Reader;
    }

    private static async Task NextAsync(ChannelReader<bool> heard)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        await heard.ReadAsync(patience.Token);
    }

    private async Task AddJobAsync(PostgresPostStore store, string message = "")
    {
        var entry = Sample.Entry(store.Ids.Next(), Now, document: $$"""{"message":"{{message}}"}""");
        var outcome = await store.CommitAsync(
            Sample.Unit(new InsertEntry(entry), new InsertJob(entry.Id, "afterwards:/api/note", Now)));
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
    }
}
