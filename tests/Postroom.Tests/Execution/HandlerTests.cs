using System.Net;
using System.Security.Claims;
using Postroom.Hosting;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Execution;

/// <summary>Code inside the commit: what it reads is guarded, what it writes is committed with the POST or not at all.</summary>
public sealed class HandlerTests : IDisposable
{
    private const string Seats = "create table if not exists seats (room text primary key, free integer check (free >= 0))";
    private readonly StoreKind _kind = new("sqlite");

    public void Dispose() => _kind.Dispose();

    [Fact]
    public async Task What_it_writes_is_committed_with_the_entry()
    {
        await using var host = await StartAsync((note, unit) =>
            unit.Execute("insert into seats values (?1, ?2)", note.Text, 3));
        using var response = await host.PostNoteAsync("blue");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(3, host.Count("select free from seats where room = 'blue'"));
    }

    [Fact]
    public async Task A_repeat_does_not_run_it()
    {
        await using var host = await StartAsync((note, unit) =>
            unit.Execute("insert into seats values (?1, ?2)", note.Text, 3));
        using var first = await host.PostNoteAsync("blue", Keys.Header(Keys.One));
        using var second = await host.PostNoteAsync("blue", Keys.Header(Keys.One));
        Assert.Equal("replayed", second.Header("Idempotency-Status"));
        Assert.Equal(1, host.Count("select count(*) from seats"));
    }

    [Fact]
    public async Task A_constraint_that_breaks_undoes_the_whole_POST()
    {
        await using var host = await StartAsync((note, unit) =>
        {
            unit.Execute("insert into seats values ('other', 1)");
            unit.Execute("insert into seats values (?1, -1)", note.Text);
        });
        using var response = await host.PostNoteAsync("blue", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("internal-error", await response.CodeAsync());
        Assert.DoesNotContain("seats", await response.Content.ReadAsStringAsync());
        Assert.Empty(host.Entries());
        Assert.Equal(0, host.Count("select count(*) from seats"));
        Assert.Contains(host.Log.Lines, line => line.Contains("constraint", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("insert into entries values (1)")]
    [InlineData("delete from jobs")]
    [InlineData("commit")]
    [InlineData("create table mine (a)")]
    [InlineData("attach database ':memory:' as other")]
    public async Task It_reaches_its_own_tables_only(string statement)
    {
        await using var host = await StartAsync((_, unit) => unit.Execute(statement));
        using var response = await host.PostNoteAsync("blue");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(host.Entries());
    }

    [Fact]
    public async Task What_it_read_has_not_changed_when_it_is_committed()
    {
        var runs = 0;
        await using var host = await StartAsync(async (_, unit, store) =>
        {
            var free = (long)unit.Query("select free from seats where room = 'blue'").Rows[0][0]!;
            if (Interlocked.Increment(ref runs) == 1)
            {
                await ChangeAsync(store, "update seats set free = free - 1");
            }

            unit.Execute("update seats set free = ?1 where room = 'blue'", free - 1);
        });
        await ChangeAsync(host.Store, "insert into seats values ('blue', 10)");
        using var response = await host.PostNoteAsync("book");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, runs);
        Assert.Equal(8, host.Count("select free from seats"));
        Assert.Single(host.Entries(), entry => entry.Endpoint == "/api/note");
    }

    [Fact]
    public async Task After_three_runs_it_is_a_conflict_and_nothing_is_stored()
    {
        var runs = 0;
        await using var host = await StartAsync(async (_, unit, store) =>
        {
            unit.Query("select free from seats");
            runs++;
            await ChangeAsync(store, "update seats set free = free - 1");
            unit.Execute("update seats set room = 'never'");
        });
        await ChangeAsync(host.Store, "insert into seats values ('blue', 10)");
        using var response = await host.PostNoteAsync("book", Keys.Header(Keys.One));
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("conflict", await response.CodeAsync());
        Assert.Equal("1", response.Header("Retry-After"));
        Assert.Equal(3, runs);
        Assert.DoesNotContain(host.Entries(), entry => entry.Endpoint == "/api/note");
        Assert.Equal(1, host.Count("select count(*) from seats where room = 'blue'"));
    }

    [Fact]
    public async Task Many_at_once_never_sell_more_than_there_is()
    {
        await using var host = await StartAsync((_, unit) =>
        {
            var free = (long)unit.Query("select free from seats").Rows[0][0]!;
            if (free == 0)
            {
                unit.Refuse("Sold out.", status: 409);
                return;
            }

            unit.Execute("update seats set free = free - 1");
        });
        await ChangeAsync(host.Store, "insert into seats values ('blue', 5)");
        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var response = await host.PostNoteAsync("book");
            return response.StatusCode;
        }));
        var sold = statuses.Count(status => status == HttpStatusCode.Created);
        Assert.Equal(5 - sold, host.Count("select free from seats"));
        Assert.InRange(sold, 1, 5);
        Assert.Equal(sold, host.Entries().Count(entry => entry.Endpoint == "/api/note"));
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_refusal_may_read_and_writes_nothing()
    {
        await using var host = await StartAsync((note, unit) =>
        {
            unit.Execute("insert into seats values ('lost', 1)");
            unit.Refuse("No.", status: 410);
        });
        using var response = await host.PostNoteAsync("blue");
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal(0, host.Count("select count(*) from seats"));
    }

    [Fact]
    public async Task It_sees_the_document_its_id_and_the_caller()
    {
        EntryId seen = default;
        await using var host = await StartAsync((note, unit) =>
        {
            seen = unit.Entry;
            Assert.Equal("""{"text":"blue"}""", System.Text.Encoding.UTF8.GetString(unit.Document.Span));
            Assert.False(unit.Caller.Identity?.IsAuthenticated ?? false);
        });
        using var response = await host.PostNoteAsync("blue");
        Assert.Equal(seen.ToString(), response.Header("Postroom-Entry"));
    }

    [Fact]
    public async Task What_it_makes_of_an_anonymous_caller_stays_with_that_caller()
    {
        var known = new List<bool>();
        await using var host = await StartAsync((_, unit) =>
        {
            known.Add(unit.Caller.Identities.Any(identity => identity.IsAuthenticated));
            unit.Caller.AddIdentity(new ClaimsIdentity("guest"));
        });
        using var first = await host.PostNoteAsync("one");
        using var second = await host.PostNoteAsync("two");
        Assert.Equal([false, false], known);
    }

    [Fact]
    public async Task The_memory_store_has_no_statements_and_says_so()
    {
        using var memory = new StoreKind("memory");
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction((_, unit, _) =>
            {
                unit.Execute("insert into seats values ('a', 1)");
                return ValueTask.CompletedTask;
            }),
            memory.Choose);
        using var response = await host.PostNoteAsync("blue");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(host.Log.Lines, line => line.Contains("has no statements", StringComparison.Ordinal));
    }

    private Task<PostHost> StartAsync(Action<Note, IPostUnit> handler) => StartAsync((note, unit, _) =>
    {
        handler(note, unit);
        return ValueTask.CompletedTask;
    });

    private async Task<PostHost> StartAsync(Func<Note, IPostUnit, IPostStore, ValueTask> handler)
    {
        PostHost? host = null;
        host = await PostHost.StartNotesAsync(
            form => form.InTransaction((note, unit, _) => handler(note, unit, host!.Store)),
            store => store.UseSqliteWith(_kind, Seats));
        return host;
    }

    /// <summary>Another POST's unit: an entry and a statement.</summary>
    private static async Task ChangeAsync(IPostStore store, string statement)
    {
        var entry = new Entry { Id = store.Ids.Next(), Endpoint = "/other", ReceivedAt = 1, Document = "{}"u8.ToArray() };
        var outcome = await store.CommitAsync(
            new PostUnit { Guards = [], Writes = [new InsertEntry(entry), new RunStatement(new Statement(statement))] });
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
    }
}
