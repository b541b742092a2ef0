using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Execution;

/// <summary>What was held goes the whole way when it is released: the code in the transaction, too, once.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Orders = "create table if not exists orders (entry text primary key, what text)";
    private const string Spam = """{"text":"buy","_gotcha":"x"}""";
    private readonly StoreKind _kind = new("sqlite");

    public void Dispose() => _kind.Dispose();

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task The_code_in_the_transaction_runs_at_the_release_and_not_before(string store)
    {
        using var kind = new StoreKind(store);
        var runs = new List<(string Text, EntryId Entry, bool IsSignedIn)>();
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((note, unit, _) =>
            {
                runs.Add((note.Text, unit.Entry, unit.Caller.Identity!.IsAuthenticated));
                return ValueTask.CompletedTask;
            }),
            kind.Choose);
        var held = await HoldAsync(host);
        Assert.Empty(runs);
        Assert.Equal(UnitVerdict.Committed, (await ReleaseAsync(host, held)).Unit!.Verdict);
        Assert.Equal([("buy", held.Id, false)], runs);
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task What_it_writes_is_in_the_commit_of_the_release_once_whoever_clicks()
    {
        await using var host = await StartAsync((note, unit) =>
            unit.Execute("insert into orders values (?1, ?2)", unit.Entry.ToString(), note.Text));
        var held = await HoldAsync(host);
        Assert.Equal(0, host.Count("select count(*) from orders"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => ReleaseAsync(host, held))));
        Assert.Single(outcomes, outcome => outcome.Unit?.Verdict == UnitVerdict.Committed);
        Assert.Equal(1, host.Count("select count(*) from orders where what = 'buy'"));
        using var reader = host.Store.Read();
        Assert.Single(reader.ListJobs(held.Id));
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("refuse-finally")]
    [InlineData("throw")]
    public async Task When_it_objects_the_entry_stays_held_and_nothing_is_written(string how)
    {
        await using var host = await StartAsync((_, unit) =>
        {
            unit.Execute("insert into orders values ('x', 'y')");
            if (how == "throw")
            {
                throw new InvalidOperationException("A bug.");
            }

            if (how == "refuse")
            {
                unit.Refuse("The room is full.");
            }
            else
            {
                unit.RefuseFinally("The room is full.");
            }
        });
        var outcome = await ReleaseAsync(host, await HoldAsync(host));
        Assert.Null(outcome.Unit);
        Assert.Equal(how == "throw", outcome.Objection!.Kind.Status == 500);
        Assert.Equal(how != "throw", outcome.Objection.Message == "The room is full.");
        Assert.Equal(EntryState.Held, Assert.Single(host.Entries()).State);
        Assert.Equal(0, host.Count("select count(*) from orders"));
    }

    [Fact]
    public async Task What_it_read_has_not_changed_when_it_is_committed()
    {
        var runs = 0;
        PostHost? started = null;
        await using var host = started = await StartAsync((_, unit) =>
        {
            var before = (long)unit.Query("select count(*) from orders").Rows[0][0]!;
            if (Interlocked.Increment(ref runs) == 1)
            {
                Write(started!, "insert into orders values ('other', 'one')");
            }

            unit.Execute("insert into orders values (?1, ?2)", unit.Entry.ToString(), $"after {before}");
        });
        var outcome = await ReleaseAsync(host, await HoldAsync(host));
        Assert.Equal(UnitVerdict.Committed, outcome.Unit!.Verdict);
        Assert.Equal(2, runs);
        Assert.Equal(1, host.Count("select count(*) from orders where what = 'after 1'"));
    }

    [Fact]
    public async Task A_statement_that_breaks_leaves_it_held()
    {
        await using var host = await StartAsync((_, unit) =>
            unit.Execute("insert into orders values ('other', 'twice')"));
        Write(host, "insert into orders values ('other', 'one')");
        var outcome = await ReleaseAsync(host, await HoldAsync(host));
        Assert.Equal(UnitVerdict.Failed, outcome.Unit!.Verdict);
        Assert.Equal(EntryState.Held, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task What_was_stored_before_it_was_marked_runs_nothing_again()
    {
        await using var host = await StartAsync((note, unit) =>
            unit.Execute("insert into orders values (?1, ?2)", unit.Entry.ToString(), note.Text));
        using var stored = await host.PostNoteAsync("hello");
        var entry = Assert.Single(host.Entries());
        await host.Store.CommitAsync(new PostUnit
        {
            Guards = [],
            Writes = [new SetEntryState(entry.Id, EntryState.Held, "marked")],
        });
        var releases = host.Services.GetRequiredService<IEntryReleases>();
        var outcome = await releases.ReleaseAsync(Assert.Single(host.Entries()), hasFollowed: true);
        Assert.Equal(UnitVerdict.Committed, outcome.Unit!.Verdict);
        Assert.Equal(1, host.Count("select count(*) from orders"));
        using var reader = host.Store.Read();
        Assert.Single(reader.ListJobs(entry.Id));
    }

    private Task<PostHost> StartAsync(Action<Note, IPostUnit> handler) => PostHost.StartNotesAsync(
        form => form
            .InTransaction((note, unit, _) =>
            {
                handler(note, unit);
                return ValueTask.CompletedTask;
            })
            .Afterwards((_, _, _) => ValueTask.CompletedTask),
        builder => builder.UseSqliteWith(_kind, Orders));

    private static async Task<Entry> HoldAsync(PostHost host)
    {
        using var answer = await host.PostAsync("/api/note", "application/json", Spam);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return Assert.Single(host.Entries(EntryState.Held));
    }

    private static Task<ReleaseOutcome> ReleaseAsync(PostHost host, Entry held) =>
        host.Services.GetRequiredService<IEntryReleases>().ReleaseAsync(held, hasFollowed: false).AsTask();

    private static void Write(PostHost host, string statement) => host.Store.CommitAsync(
        new PostUnit { Guards = [], Writes = [new RunStatement(new Statement(statement))] }).AsTask().GetAwaiter().GetResult();
}
